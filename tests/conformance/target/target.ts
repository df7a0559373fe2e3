import { startDaprd } from './daprd-target.ts';
import { startHarness } from './harness-target.ts';
import { writeResources } from './resource-files.ts';

/** An app and its sidecar, as both kinds of target start them. */
export type AppSpec = {
  /** Distinct among all test files: real sidecars find each other by it on the whole machine. */
  id: string;
  /** What the tests call this one of several of its id. Default: the id. */
  name?: string;
  /** Where the app listens; none for an app that only calls. */
  appPort?: number;
  /** What the sidecar sends to the app as `dapr-api-token`. */
  appApiToken?: string;
  /** What a client sends to the sidecar as `dapr-api-token`. */
  daprApiToken?: string;
  /** The name of a Configuration among the resources. */
  config?: string;
  /** Whether the sidecar asks every second on this path whether the app is well; after two failures it is not. */
  healthPath?: string;
  /** Do not wait until the sidecar has its app: for tests of the time before. */
  startsWithoutApp?: boolean;
};

export type TargetSpec = {
  /** YAML documents: components, subscriptions, resiliencies, configurations. */
  resources?: readonly string[];
  apps: readonly AppSpec[];
  /** Whether sidecars prove to each other who they are, which access control needs. */
  hasIdentities?: boolean;
};

/** Sidecars that speak Dapr's HTTP API: the harness's, or real ones. */
export type Target = {
  /** The base URL of an app's sidecar, e.g. `http://127.0.0.1:34567`. */
  url(name: string): string;
  /** Ends a sidecar as a crash would. */
  stop(name: string): Promise<void>;
  /** Starts it again where it was, and waits until it is ready. */
  start(name: string): Promise<void>;
  close(): Promise<void>;
};

/** What is under test: `daprd` when CONFORMANCE_TARGET says so. */
export const targetKind = process.env['CONFORMANCE_TARGET'] === 'daprd' ? 'daprd' : 'harness';

/** Starts a sidecar for each app, and waits until all are ready and have read their apps' subscriptions. */
export async function startTarget({ resources = [], apps, hasIdentities = false }: TargetSpec): Promise<Target> {
  const files = await writeResources(resources);
  const start = targetKind === 'daprd' ? startDaprd : startHarness;
  try {
    const running = await start(files, apps, hasIdentities);
    return {
      ...running,
      close: async () => {
        await running.close();
        await files.remove();
      },
    };
  } catch (error) {
    await files.remove();
    throw error;
  }
}
