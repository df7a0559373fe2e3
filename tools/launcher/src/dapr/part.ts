/** A program that the platform is made of: a service, its sidecar, or a backend. */
export type Part = {
  /** One name a part: `post`, `post-dapr`, `post-2`, `mongod`. */
  name: string;
  kind: 'backend' | 'sidecar' | 'service';
  /** The service that it is, or stands beside, and which of its replicas, from 0. */
  service?: string;
  replica?: number;
  /** Where it listens: a service's own port, a sidecar's port for its app. */
  port?: number;
  /** Starts the program. It may be called again when the program has ended. @throws LaunchProblem when it cannot be started */
  launch(): Promise<Launched>;
};

export type Launched = {
  /** Holds the program's process id while it runs. */
  pidFile: string;
  /** Where it listens, when only the start decides on that. */
  port?: number;
  /** Settles when it can be used. @throws LaunchProblem when it cannot */
  ready: Promise<void>;
  /** Its exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

export type PartState = 'starting' | 'ready' | 'ended' | 'stopped';

/** What is known of a part while the platform runs. */
export type PartStatus = {
  name: string;
  kind: Part['kind'];
  service?: string;
  replica?: number;
  pid: number | null;
  port: number | null;
  restarts: number;
  state: PartState;
  /** When it became ready for the last time, as an ISO time. */
  readySince: string | null;
};
