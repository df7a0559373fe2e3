import { messageSent } from '@commons/contracts';
import { aUser } from '@commons/platform/testing';
import { afterEach, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { fakeChats } from './fake-chats.ts';
import { aPatientClient } from './patient-client.ts';
import { addReplica, fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket, type TestSocket } from './test-socket.ts';

const chats = fakeChats();
const realtime = realtimeOf({ fakes: [fakePosts(), ...chats.calls] });
afterEach(endSockets);

/** A busy machine may take longer than `until` waits. */
const LIMIT_MS = 100_000;
const CLIENTS = 1_000;
const IN_A_CHAT = 50;
const MESSAGES = 10;

/** Does not depend on luck: the same seed gives the same numbers. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

async function patiently(condition: () => boolean, what: string): Promise<void> {
  for (const limit = Date.now() + LIMIT_MS; !condition();) {
    if (Date.now() > limit) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

const seqsOf = ({ frames }: TestSocket): number[] =>
  frames.filter(({ type }) => type === 'message.created').map(({ data }) => data.seq as number);

it(
  'gives each message to a thousand clients at two replicas, once and in order, though events overtake each other and get lost',
  async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const random = seeded(7);
    const users = Array.from({ length: CLIENTS }, () => aUser());
    const ids = users.map(({ id }) => id);
    const open = Array.from({ length: CLIENTS / IN_A_CHAT }, (_, index) =>
      chats.open(ids.slice(index * IN_A_CHAT, (index + 1) * IN_A_CHAT)),
    );
    const portOf = (index: number): number => (index % 2 === 0 ? built.port : replica.port);
    const sockets = await pLimit(50).map(users, (user, index) =>
      openSocket(portOf(index), { token: built.tokenFor(user) }),
    );
    sockets.forEach((socket) => socket.send({ type: 'ping' }));
    await patiently(
      () => sockets.every(({ frames }) => frames.some(({ type }) => type === 'pong')),
      'an answer to all',
    );

    const events = open
      .flatMap((chat, index) => upTo(MESSAGES).map(() => chats.write(chat, ids[index * IN_A_CHAT]!)))
      .map((event) => ({ event, at: event.message.seq + 4 * random() }))
      .sort((a, b) => a.at - b.at);
    for (const { event } of events) {
      const { seq, id } = event.message;
      if (seq % 7 !== 0) await built.tell(messageSent, event, id);
      if (seq % 5 === 0) await built.tell(messageSent, event, id);
    }

    await patiently(() => sockets.every((socket) => seqsOf(socket).length >= MESSAGES), 'all messages everywhere');
    expect(sockets.map(seqsOf).filter((seqs) => String(seqs) !== String(upTo(MESSAGES)))).toEqual([]);
    endSockets();
    await replica.stop();
  },
  2 * LIMIT_MS,
);

it(
  'leaves a client whose connection is cut twenty times while messages flow without a gap and without a message twice',
  async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const random = seeded(11);
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const ports = [built.port, replica.port];
    const client = aPatientClient({
      open: (attempt) => openSocket(ports[attempt % 2]!, { token: built.tokenFor(bob) }),
      chatId: chat,
    });
    try {
      for (const count of upTo(500)) {
        const event = chats.write(chat, alice.id, `message ${count}`);
        if (random() > 0.02) await built.tell(messageSent, event);
        if (count % 24 === 0) await patiently(client.isOpen, 'a connection');
        if (count % 24 === Math.floor(24 * random()) || count % 24 === 23) client.cutOnce(Math.floor(count / 24));
      }
      await built.tell(messageSent, chats.write(chat, alice.id, 'the last'));
      await patiently(() => client.last() === 501, 'the last message');
    } finally {
      client.stop();
    }

    expect(client.cuts()).toBeGreaterThanOrEqual(20);
    expect(client.seqs).toEqual(upTo(501));
    await replica.stop();
  },
  2 * LIMIT_MS,
);

it(
  'cuts off a client that does not read while messages flow, and leaves the others alone',
  async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [slow, quick] = [await built.socketOf(alice), await built.socketOf(bob)];
    await slow.ask('ping');
    await quick.ask('ping');
    const large = 'x'.repeat(100_000);

    slow.raw.pause();
    let sent = 0;
    for (; sent < 500 && built.ctx.connections.ofUser(alice.id).length > 0; sent++)
      await built.tell(messageSent, chats.write(chat, bob.id, large));
    slow.raw.resume();

    await patiently(() => seqsOf(quick).length === sent, 'all messages for the other');
    expect(await slow.closed).toBeGreaterThan(1005);
    expect(seqsOf(slow).length).toBeLessThan(sent);
    expect(seqsOf(quick)).toEqual(upTo(sent));
  },
  2 * LIMIT_MS,
);
