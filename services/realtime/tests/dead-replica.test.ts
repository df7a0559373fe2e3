import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { presenceChanged } from '@commons/contracts';
import { aUser, until } from '@commons/platform/testing';
import { afterEach, expect, it } from '@jest/globals';
import { fakeChats } from './fake-chats.ts';
import {
  addReplica,
  fakePosts,
  realtimeOf,
  replicaEnvironment,
  type RealtimeUnderTest,
} from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const chats = fakeChats();
const environment = { PRESENCE_EXPIRY_MS: '1500' };
const realtime = realtimeOf({ fakes: [fakePosts(), ...chats.calls], environment });
const STARTING_MS = 60_000;
const children = new Set<ChildProcess>();
afterEach(() => {
  endSockets();
  children.forEach((child) => child.kill('SIGKILL'));
  children.clear();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until a process has come up, which on a busy machine takes long. */
async function answering(url: string): Promise<void> {
  for (const limit = Date.now() + STARTING_MS; Date.now() < limit;) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer`);
}

/** A replica in a process of its own, which can be killed. */
async function startProcess(built: RealtimeUnderTest) {
  const { sidecar, environment: own } = await replicaEnvironment(built);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--conditions=source', fileURLToPath(new URL('../src/main.ts', import.meta.url))],
    { env: { ...own, APP_PORT: String(port) }, stdio: 'ignore' },
  );
  children.add(child);
  await answering(`http://127.0.0.1:${port}/readyz`);
  await sidecar.connectApp(port);
  return {
    port,
    async kill() {
      child.kill('SIGKILL');
      await Promise.all([once(child, 'exit'), sidecar.disconnectApp()]);
    },
  };
}

it(
  'goes offline with all who were there, told once, by another replica, while they stay who are elsewhere as well',
  async () => {
    const { built } = realtime;
    const [alice, bob, carol, dave] = [aUser(), aUser(), aUser(), aUser()];
    chats.open([alice.id, bob.id, carol.id, dave.id]);
    const third = await addReplica(built);
    const doomed = await startProcess(built);
    const his = await built.socketOf(bob);
    const there = await Promise.all(
      [alice, carol, dave].map((user) => openSocket(doomed.port, { token: built.tokenFor(user) })),
    );
    await openSocket(third.port, { token: built.tokenFor(dave) });
    await his.received('presence', 3);
    await until(
      async () => (await built.ctx.presences.find([dave.id])).get(dave.id)?.replicas.length === 2,
      'both places',
    );

    await doomed.kill();

    await Promise.all(there.map(({ closed }) => closed));
    await his.received('presence', 5);
    await built.settled();
    const told = his.frames.filter(({ type }) => type === 'presence').map(({ data }) => [data.user_id, data.online]);
    expect(told.slice(3).sort()).toEqual(
      [
        [alice.id, false],
        [carol.id, false],
      ].sort(),
    );
    const events = built.harness
      .published({ topic: 'realtime-events', type: presenceChanged.type })
      .map(({ data }) => data as { user_id: string; online: boolean })
      .filter(({ online }) => !online);
    expect(events.map(({ user_id }) => user_id).sort()).toEqual([alice.id, carol.id].sort());
    expect((await built.ctx.presences.find([dave.id])).get(dave.id)?.replicas).toHaveLength(1);
    endSockets();
    await third.stop();
  },
  2 * STARTING_MS,
);

it('that was only thought to be dead has its users come back', async () => {
  const { built } = realtime;
  const [alice, bob] = [aUser(), aUser()];
  chats.open([alice.id, bob.id]);
  const hers = await built.socketOf(alice);
  const his = await built.socketOf(bob);
  await his.received('presence', 1);
  const [own] = (await built.ctx.presences.find([alice.id])).get(alice.id)?.replicas ?? [];

  await built.ctx.db
    .collection<{ _id: string }>('replicas')
    .updateOne({ _id: own! }, { $set: { expires_at: new Date(0), cleared_by: 'another replica' } });

  await until(async () => {
    const replicas = (await built.ctx.presences.find([alice.id])).get(alice.id)?.replicas ?? [];
    return replicas.length === 1 && replicas[0] !== own;
  }, 'the return');
  await built.settled();
  expect((await hers.ask('ping')).type).toBe('pong');
  expect(his.frames.filter(({ type }) => type === 'presence').at(-1)?.data).toEqual({
    user_id: alice.id,
    online: true,
  });
});
