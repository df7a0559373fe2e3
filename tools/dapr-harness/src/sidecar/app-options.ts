import type { HealthCheck } from './health-watch.ts';

/** An app of the harness and its sidecar. */
export type AppOptions = {
  id: string;
  /** Where the app listens, when that is known beforehand: its sidecar then waits for it by itself. */
  appPort?: number;
  /** The sidecar's own port; 0 or none is any free one. */
  daprPort?: number;
  /** What the sidecar sends to its app as `dapr-api-token`. */
  appApiToken?: string;
  /** What clients have to send to the sidecar as `dapr-api-token`. */
  daprApiToken?: string;
  /** The name of a Configuration resource. */
  config?: string;
  namespace?: string;
  /** Lets the sidecar ask whether the app is well, and spare it while it is not. Default: it is taken to be well. */
  healthCheck?: HealthCheck;
  /** The largest body of a request: daprd's 4 MiB unless said otherwise. */
  maxBodyBytes?: number;
};

export const DEFAULT_NAMESPACE = 'default';
export const DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;
