import { messageReceived, messageSent, type EventData } from '@commons/contracts';
import { aUser, anId, fakeClock, until, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createReceipts } from '../src/domain/receipts.ts';
import { fakeChats } from './fake-chats.ts';
import { fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, type TestSocket } from './test-socket.ts';

const chats = fakeChats();
const clock = fakeClock();
const lines: string[] = [];
const realtime = realtimeOf({
  fakes: [fakePosts(), ...chats.calls],
  clock,
  environment: { LOG_LEVEL: 'info' },
  logDestination: { write: (line) => void lines.push(line) },
});
afterEach(endSockets);

/** Opens a WebSocket of somebody who gets messages at once. */
async function present(user: TestUser): Promise<TestSocket> {
  const socket = await realtime.built.socketOf(user);
  await socket.ask('ping');
  return socket;
}

const isLogged = (text: string): boolean => lines.some((line) => line.includes(text));

type Told = EventData<typeof messageReceived>;

/** What others were told of a chat so far. */
const toldOf = async (chatId: string): Promise<Told[]> =>
  (await realtime.built.published(messageReceived))
    .filter(({ subject }) => subject === chatId)
    .map(({ data }) => data as Told);

/** Waits until it has been told that somebody has a chat up to a message. */
const has = ({ id }: TestUser, chatId: string, seq: number): Promise<void> =>
  until(
    async () => (await toldOf(chatId)).some((told) => told.user_id === id && told.seq === seq),
    `the receipt of message ${seq}`,
  );

const seqsOf = async ({ id }: TestUser, chatId: string): Promise<number[]> =>
  (await toldOf(chatId)).filter(({ user_id }) => user_id === id).map(({ seq }) => seq);

describe('a message that was written to a WebSocket', () => {
  it('is told of as received by that user, unless they wrote it', async () => {
    const { built } = realtime;
    const [alice, bob, away] = [aUser(), aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id, away.id]);
    await Promise.all([present(alice), present(bob)]);

    await built.deliver(messageSent, chats.write(chat, alice.id));
    await has(bob, chat, 1);

    expect(await toldOf(chat)).toEqual([
      {
        ...{ v: 1, chat_id: chat, user_id: bob.id, seq: 1, received_at: clock.now().toISOString() },
        meta: { actor_id: null, ip: null, user_agent: null },
      },
    ]);
  });

  it('stands for those before it, and is told of once for all devices', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const devices = await Promise.all([bob, bob, bob].map(present));
    for (let count = 0; count < 5; count++) await built.deliver(messageSent, chats.write(chat, alice.id));
    await has(bob, chat, 5);

    await devices[0]!.ask('resume', { chats: { [chat]: 0 } });
    await built.deliver(messageSent, chats.write(chat, alice.id));
    await has(bob, chat, 6);

    const seqs = await seqsOf(bob, chat);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
    expect(await seqsOf(alice, chat)).toEqual([]);
  });

  it('is told of as well where it was missed and is given afterwards', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    for (let count = 0; count < 3; count++) chats.write(chat, alice.id);
    chats.write(chat, bob.id);
    const socket = await realtime.built.socketOf(bob);

    await socket.ask('resume', { chats: { [chat]: 0 } });

    await has(bob, chat, 3);
    expect((await seqsOf(bob, chat)).at(-1)).toBe(3);
  });

  it('is told of when the broker is back', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const socket = await present(bob);
    const undo = built.harness.faults.fail({ on: 'publish', topic: 'delivery-events' });

    await built.deliver(messageSent, chats.write(chat, alice.id));
    await socket.received('message.created');
    await until(() => isLogged('nobody is told what has reached devices'), 'a refused receipt');
    undo();

    await has(bob, chat, 1);
    await until(() => isLogged('what reaches devices is told again'), 'the end of the outage');
  });
});

describe('receipts', () => {
  const receivedAt = new Date('2026-01-31T09:30:00.000Z');
  const [chatId, other, userId] = [anId(), anId(), anId()];
  const receipt = (seq: number, ofChat = chatId) => ({ chatId: ofChat, userId, seq, receivedAt });

  it('of one user and chat become one, that of the last message, in whatever order they come', () => {
    const receipts = createReceipts();

    [1, 3, 2].forEach((seq) => receipts.note(receipt(seq)));
    receipts.note(receipt(1, other));

    const taken = receipts.take();
    expect(taken).toHaveLength(2);
    expect(taken).toEqual(expect.arrayContaining([receipt(3), receipt(1, other)]));
    expect(receipts.take()).toEqual([]);
  });

  it('that say nothing new are left out', () => {
    const receipts = createReceipts();
    receipts.note(receipt(3));
    receipts.take();

    [2, 3].forEach((seq) => receipts.note(receipt(seq)));

    expect(receipts.take()).toEqual([]);
  });

  it('that could not be told of wait again, unless a later one does', () => {
    const receipts = createReceipts();
    [receipt(3), receipt(1, other)].forEach(receipts.note);
    const taken = receipts.take();
    receipts.note(receipt(4));

    receipts.giveBack(taken);

    const again = receipts.take();
    expect(again).toHaveLength(2);
    expect(again).toEqual(expect.arrayContaining([receipt(4), receipt(1, other)]));
  });
});
