import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { publish } from './support/http.ts';
import { rabbit } from './support/resources.ts';
import { useScope } from './support/scope.ts';
import { until } from './support/until.ts';

const scope = useScope();
const subscription = [{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }];
let dataDir = '';
let child: ChildProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'harness-journal-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** Starts a harness in a process of its own; gives its sidecar's URL. */
async function startChild(appPort: number): Promise<string> {
  const script = join(import.meta.dirname, 'programs', 'harness-process.ts');
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
  child = spawn(process.execPath, [...flags, script, dataDir, String(appPort)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return line.toString().trim();
}

async function killChild(): Promise<void> {
  const exited = once(child!, 'exit');
  child!.kill('SIGKILL');
  await exited;
}

describe('journal', () => {
  it('brings back what a killed process had accepted and not delivered', async () => {
    const waiting = Promise.withResolvers<undefined>();
    const first = await scope.app(subscription, { '/orders': () => waiting.promise });
    const url = await startChild(first.port);
    for (let n = 0; n < 5; n++) await publish(url, 'orders', { n });
    await until(() => first.events('/orders').length === 2);

    await killChild();
    waiting.resolve(undefined);
    const second = await scope.app(subscription);
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }], dataDir });
    await harness.sidecar('post').connectApp(second.port);
    await harness.settled();

    const received = second.events('/orders').map(({ data }) => (data as { n: number }).n);
    expect(received.sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('forgets what was acknowledged', async () => {
    const app = await scope.app(subscription);
    const url = await startChild(app.port);
    await publish(url, 'orders', { n: 1 });
    await until(() => app.events('/orders').length === 1);

    child!.stdin!.write('come to rest');
    await once(child!.stdout!, 'data');
    await killChild();
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }], dataDir });

    expect(harness.queues()).toEqual([{ name: 'post-orders', topic: 'orders', ready: 0, inFlight: 0, consumers: 0 }]);
  });

  it('keeps the queue of an app that is not there yet', async () => {
    const before = await scope.harness({
      resources: [rabbit('pubsub')],
      apps: [{ id: 'post' }],
      queues: [{ pubsub: 'pubsub', topic: 'orders', consumerId: 'late' }],
      dataDir,
    });
    await before.close();

    const after = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }], dataDir });
    await publish(after.sidecar('post').url, 'orders', 1);

    expect(after.queues()).toEqual([{ name: 'late-orders', topic: 'orders', ready: 1, inFlight: 0, consumers: 0 }]);
  });

  it("is one harness's alone", async () => {
    const options = { resources: [rabbit('pubsub')], apps: [{ id: 'post' }], dataDir };
    await scope.harness(options);

    await expect(scope.harness(options)).rejects.toThrow('is another harness using it?');
  });

  it('keeps nothing of a queue that goes with its consumer', async () => {
    const app = await scope.app(subscription);
    const resources = [rabbit('pubsub', { deletedWhenUnused: 'true' })];
    const before = await scope.harness({ resources, apps: [{ id: 'post' }], dataDir });
    await before.sidecar('post').connectApp(app.port);
    await before.close();

    const after = await scope.harness({ resources, apps: [{ id: 'post' }], dataDir });

    expect(after.queues()).toEqual([]);
  });
});
