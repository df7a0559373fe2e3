import { createDaprHarness } from '@commons/dapr-harness';
import { rabbit } from '../support/resources.ts';

/**
 * A harness in a process that a test can kill: `harness-process.ts <data folder> <app port>`. It prints its sidecar's URL, and
 * `settled` whenever it is sent something and has come to rest.
 */
const [dataDir = '', appPort = ''] = process.argv.slice(2);
const harness = await createDaprHarness({
  resources: [rabbit('pubsub', { prefetchCount: '2' })],
  apps: [{ id: 'post' }],
  dataDir,
});
await harness.sidecar('post').connectApp(Number(appPort));
console.log(harness.sidecar('post').url);
process.stdin.on('data', () => void harness.settled().then(() => console.log('settled')));
