/** The harness in a thread of its own, with its queues on disk as `npm start` has them. Tells the callers' ports by name. */
import { parentPort, workerData } from 'node:worker_threads';
import { createDaprHarness } from '@commons/dapr-harness';
import type { AppOptions } from '@commons/dapr-harness';

const { resources, dataDir, apps } = workerData as { resources: string; dataDir: string; apps: AppOptions[] };
const harness = await createDaprHarness({ resources: [resources], dataDir, apps });

parentPort?.postMessage(Object.fromEntries(apps.map(({ id }) => [id, harness.sidecar(id).url])));
parentPort?.once('message', () => void harness.close().then(() => process.exit()));
