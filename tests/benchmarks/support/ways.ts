import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as parts from '@commons/launcher/parts';
import { startDaprd } from '../../conformance/target/daprd-target.ts';
import { writeResources } from '../../conformance/target/resource-files.ts';
import { component, configuration } from '../../conformance/target/resources.ts';
import type { EventClock } from './event-clock.ts';
import { pubsub, topic } from './event-clock.ts';
import { inThread } from './in-thread.ts';

/** A way from a caller to an app, and from a publisher to a handler. */
export type Way = {
  name: string;
  /** Where a call is sent to. */
  call: string;
  /** Where an event is sent to. */
  publish?: string;
};

export type Ways = { invocation: Way[]; events: Way[]; close(): Promise<void> };

/** As in the platform's own component: kept by the broker, and acknowledged when it has them. */
const kept = {
  durable: 'true',
  deletedWhenUnused: 'false',
  deliveryMode: '2',
  publisherConfirm: 'true',
  prefetchCount: '32',
  requeueInFailure: 'true',
};

const caller = `caller-${process.pid}`;
const callee = `callee-${process.pid}`;
const reader = `reader-${process.pid}`;

/** Starts a small app, and before it nothing, the harness, real sidecars, and real sidecars that prove who they are. */
export async function openWays(folder: string, clock: EventClock): Promise<Ways> {
  const app = await inThread<number>('sidecar-app.ts');
  const definitionsFile = join(folder, 'definitions.json');
  await mkdir(folder, { recursive: true });
  await writeFile(definitionsFile, '{}');
  const user = { user: 'benchmark', password: 'benchmark' };
  const broker = await parts.startRabbitmq({ dataDir: join(folder, 'rabbitmq'), ...user, definitionsFile });
  const names = (file: string) => configuration(file, nameResolution(join(folder, `${file}.db`)));
  const files = await writeResources([
    component(pubsub, 'pubsub.rabbitmq', { connectionString: broker.connectionString, ...kept }),
    names('plain'),
    names('secured'),
  ]);
  const invoked = [{ id: caller }, { id: callee, appPort: app.told }];
  const all = [...invoked, { id: reader, appPort: clock.port }];

  const workerData = { resources: files.folder, dataDir: join(folder, 'harness'), apps: all };
  const harness = await inThread<Record<string, string>>('sidecar-harness.ts', workerData);
  const plain = await startDaprd(files, named(all, 'plain'), false);
  const secured = await startDaprd(files, named(invoked, 'secured'), true);

  const through = (name: string, url: string): Way => ({
    name,
    call: `${url}/v1.0/invoke/${callee}/method/hello`,
    publish: `${url}/v1.0/publish/${pubsub}/${topic}`,
  });
  const ways = [
    { name: 'direct HTTP', call: `http://127.0.0.1:${app.told}/hello` },
    through('harness', harness.told[caller] ?? ''),
    through('daprd', plain.url(caller)),
    through('daprd with mTLS', secured.url(caller)),
  ];
  return {
    invocation: ways,
    events: ways.slice(1, 3).map((way) => ({ ...way, name: way.name === 'daprd' ? 'daprd and RabbitMQ' : way.name })),
    async close() {
      harness.worker.postMessage('close');
      await Promise.all([plain.close(), secured.close()]);
      await Promise.all([broker.stop(), app.worker.terminate()]);
      await files.remove();
    },
  };
}

function named<App extends object>(apps: readonly App[], config: string) {
  return apps.map((app) => ({ ...app, config }));
}

/** By a file, as the platform's sidecars find each other. */
function nameResolution(connectionString: string) {
  return {
    nameResolution: {
      component: 'sqlite',
      version: 'v1',
      configuration: { connectionString, updateInterval: '10s', timeout: '5s', cleanupInterval: '8760h' },
    },
  };
}
