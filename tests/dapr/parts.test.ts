import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { removeData, startPlatformProcess, type PlatformProcess } from '../end-to-end/support/platform-process.ts';

type Part = { name: string; kind: string; pid: number | null; port: number; restarts: number; state: string };

const run = promisify(execFile);

let platform: PlatformProcess;
beforeAll(async () => {
  platform = await startPlatformProcess({
    args: ['--only', 'auth,post', '--replicas', 'post=2', '--inspect', 'auth'],
  });
}, 300_000);
afterAll(async () => {
  await platform.stop();
  await removeData(platform.dataDir);
}, 60_000);

const partsOf = async ({ dataDir }: PlatformProcess): Promise<Part[]> =>
  (JSON.parse(await readFile(join(dataDir, 'run', 'parts.json'), 'utf8')) as { parts: Part[] }).parts;

const partNamed = async (name: string): Promise<Part> => {
  const part = (await partsOf(platform)).find((each) => each.name === name);
  if (!part) throw new Error(`no part is called ${name}`);
  return part;
};

const statusOf = (port: number, path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    ({ status }) => status,
    () => 0,
  );

describe('a platform of real parts', () => {
  it('runs what is wanted and nothing else, each with its sidecar', async () => {
    const parts = await partsOf(platform);

    expect(parts.map(({ name, state }) => [name, state])).toEqual(
      [
        ...['mongod', 'redis', 'rabbitmq', 'azurite', 'sentry'],
        ...['auth-dapr', 'post-dapr', 'post-2-dapr', 'auth', 'post', 'post-2'],
      ].map((name) => [name, 'ready']),
    );
  });

  it('says in its status what runs', async () => {
    const launcher = new URL('../../tools/launcher/src/dapr-main.ts', import.meta.url).pathname;
    const { stdout } = await run(process.execPath, ['--conditions=source', launcher, '--status'], {
      env: { PATH: process.env['PATH'], DATA_DIR: platform.dataDir },
    });

    expect(stdout).toMatch(/^post-2 +ready +\d+ +\d+ +0 +\d+ s$/m);
    expect(stdout).toContain(`(process ${platform.pid})`);
  });

  it('lets a debugger attach where that was asked for', async () => {
    const port = Number(/debugger for auth attaches to 127.0.0.1:(\d+)/.exec(platform.output())?.[1]);

    expect(await statusOf(port, '/json/version')).toBe(200);
  });

  it('lets nobody but its own sidecar into an app, and nobody but its own app into a sidecar', async () => {
    const [app, sidecar] = [await partNamed('post'), await partNamed('post-dapr')];

    expect(await statusOf(app.port, '/api/posts')).toBe(401);
    expect(await statusOf(sidecar.port, '/v1.0/invoke/auth/method/api/auth/me')).toBe(401);
  });

  it.each(['post-2', 'post-dapr', 'redis', 'rabbitmq', 'sentry', 'azurite', 'mongod'])(
    'starts %s again on the same port when it is killed, and says so',
    async (name) => {
      const before = await partNamed(name);
      process.kill(before.pid ?? 0, 'SIGKILL');

      const after = await eventually(
        () => partNamed(name),
        ({ state, restarts }) => state === 'ready' && restarts === before.restarts + 1,
        60_000,
      );

      expect(after).toMatchObject({ port: before.port });
      expect(after.pid).not.toBe(before.pid);
      expect(platform.output()).toMatch(new RegExp(`^-- ${name} ended .* and is started again$`, 'm'));
      const [post, postReplica] = [await partNamed('post'), await partNamed('post-2')];
      for (const { port } of [post, postReplica]) {
        await eventually(
          () => statusOf(port, '/readyz'),
          (status) => status === 200,
          30_000,
        );
      }
    },
    120_000,
  );

  it('does not share its data with another one', async () => {
    await expect(startPlatformProcess({ dataDir: platform.dataDir })).rejects.toThrow(
      `Another Commons (process ${platform.pid}) runs on the folder`,
    );
  }, 60_000);
});

describe('the end of a platform of real parts', () => {
  it.each([
    ['in order', (mine: PlatformProcess) => mine.stop()],
    [
      'by a kill of the process that watches over it',
      async (mine: PlatformProcess) => process.kill(mine.pid, 'SIGKILL'),
    ],
  ])(
    'leaves nothing running: %s',
    async (_case, end) => {
      const mine = await startPlatformProcess({ args: ['--only', 'auth'] });
      const pids = (await partsOf(mine)).map(({ pid }) => pid ?? 0);

      await end(mine);

      await eventually(
        () => Promise.resolve(pids.filter(isAlive)),
        (alive) => alive.length === 0,
        60_000,
      );
      expect(pids.length).toBe(7);
      await removeData(mine.dataDir);
    },
    200_000,
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
