import { messageSent } from '@commons/contracts';
import { aUser, anId, until, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeChats } from './fake-chats.ts';
import { fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, type TestSocket } from './test-socket.ts';

const chats = fakeChats();
const realtime = realtimeOf({ fakes: [fakePosts(), ...chats.calls] });
afterEach(() => {
  endSockets();
  chats.pageSize = 200;
});

const seqsOf = (socket: TestSocket, chatId?: string): number[] =>
  socket.frames
    .filter(({ type, data }) => type === 'message.created' && (chatId === undefined || data.chat_id === chatId))
    .map(({ data }) => data.seq);

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A chat with so many messages, which nobody was told of. */
function aChat(participants: TestUser[], messages: number): string {
  const chat = chats.open(participants.map(({ id }) => id));
  for (let count = 0; count < messages; count++) chats.write(chat, participants[0]!.id);
  return chat;
}

describe('a client that resumes', () => {
  it('is given what it missed in each chat, page by page, before the answer', async () => {
    const alice = aUser();
    const [long, short, current] = [aChat([alice], 25), aChat([alice], 3), aChat([alice], 4)];
    chats.pageSize = 10;
    const socket = await realtime.built.socketOf(alice);

    const ack = await socket.ask('resume', { chats: { [long]: 2, [short]: 0, [current]: 4 } });

    expect(ack).toEqual({ type: 'ack', id: 'asked-1', data: { chats: { [long]: 25, [short]: 3, [current]: 4 } } });
    expect(socket.frames.at(-1)).toEqual(ack);
    expect([seqsOf(socket, long), seqsOf(socket, short), seqsOf(socket, current)]).toEqual([upTo(25, 3), upTo(3), []]);
    expect(socket.frames[0]).toMatchObject({ type: 'message.created', data: { seq: expect.any(Number) } });
  });

  it('hears what comes afterwards, once and in order', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 5);
    const socket = await built.socketOf(alice);
    await socket.ask('resume', { chats: { [chat]: 3 } });

    const late = chats.messagesOf(chat)[3]!;
    await built.deliver(messageSent, { ...chats.write(chat, alice.id), message: late });
    const [seventh, eighth] = [chats.write(chat, alice.id), chats.write(chat, alice.id)];
    await built.deliver(messageSent, eighth);
    await built.deliver(messageSent, seventh);

    await socket.received('message.created', 5);
    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual(upTo(8, 4));
  });

  it('is given messages that come before it has said where it was in their order', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 5);
    const socket = await built.socketOf(alice);

    await built.deliver(messageSent, chats.write(chat, alice.id));
    await built.deliver(messageSent, chats.write(chat, alice.id));
    await socket.ask('resume', { chats: { [chat]: 2 } });

    expect(seqsOf(socket)).toEqual(upTo(7, 3));
  });

  it('late is given what it lacks, and nothing that it has', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 5);
    const socket = await built.socketOf(alice);
    await socket.ask('ping');
    await built.deliver(messageSent, { ...chats.write(chat, alice.id) });
    await socket.received('message.created');
    const before = seqsOf(socket);

    await socket.ask('resume', { chats: { [chat]: 1 } });
    await socket.ask('resume', { chats: { [chat]: 1 } });
    await built.deliver(messageSent, chats.write(chat, alice.id));

    await socket.received('message.created', 6);
    await socket.ask('ping');
    expect(before).toContain(6);
    expect(seqsOf(socket).toSorted((a, b) => a - b)).toEqual(upTo(7, Math.min(2, ...before)));
  });

  it('while messages come misses none and has none twice', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 300);
    chats.pageSize = 20;
    const socket = await built.socketOf(alice);

    const resumed = socket.ask('resume', { chats: { [chat]: 0 } });
    for (let count = 0; count < 60; count++) await built.tell(messageSent, chats.write(chat, alice.id));
    await resumed;
    await until(() => seqsOf(socket).length >= 360, 'all messages');

    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual(upTo(360));
  });

  it('is given nothing of a chat that it is not in', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const [hers, his] = [aChat([alice], 2), aChat([bob], 2)];
    const socket = await realtime.built.socketOf(alice);

    const ack = await socket.ask('resume', { chats: { [hers]: 1, [his]: 0, [anId()]: 0 } });

    expect(ack).toEqual({ type: 'ack', id: 'asked-1', data: { chats: { [hers]: 2 } } });
    expect(seqsOf(socket)).toEqual([2]);
  });

  it('after a seq that is not there yet hears of all that comes', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 2);
    const socket = await built.socketOf(alice);

    const ack = await socket.ask('resume', { chats: { [chat]: 1_000 } });
    await built.deliver(messageSent, chats.write(chat, alice.id));

    expect(ack).toMatchObject({ data: { chats: { [chat]: 2 } } });
    await socket.received('message.created');
    expect(seqsOf(socket)).toEqual([3]);
  });

  it('while the chats are away is told so, and misses nothing in the end', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = aChat([alice], 3);
    const socket = await built.socketOf(alice);
    const undo = built.harness.faults.fail(
      { on: 'invocation', app: 'chat' },
      { message: "couldn't find service: chat" },
    );

    expect(await socket.ask('resume', { chats: { [chat]: 1 } })).toMatchObject({
      type: 'error',
      data: { status: 503, code: 'service_unavailable' },
    });
    undo();
    await until(async () => (await socket.ask('resume', { chats: { [chat]: 1 } })).type === 'ack', 'the chats');
    expect(seqsOf(socket)).toEqual([2, 3]);
  });

  it('and does not read as fast as messages come is not cut off by them', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const large = 'x'.repeat(10_000);
    for (let count = 0; count < 400; count++) chats.write(chat, alice.id, large);
    const socket = await built.socketOf(alice);

    socket.send({ type: 'resume', id: 'resumed', data: { chats: { [chat]: 0 } } });
    socket.raw.pause();
    await until(() => chats.fetched().some(({ chat_id }) => chat_id === chat), 'the first page');
    socket.raw.resume();

    await until(() => socket.frames.some(({ id }) => id === 'resumed'), 'all messages');
    expect(seqsOf(socket)).toEqual(upTo(400));
  });

  it.each([
    ['no chats', {}, 400],
    ['an array', { chats: [] }, 400],
    ['a chat that is no id', { chats: { x: 1 } }, 400],
    ['a seq that is none', { chats: { [anId()]: '1' } }, 400],
    ['a seq below 0', { chats: { [anId()]: -1 } }, 422],
    ['over 500 chats', { chats: Object.fromEntries(Array.from({ length: 501 }, () => [anId(), 0])) }, 422],
  ])('with %s is refused', async (_what, data, status) => {
    const socket = await realtime.built.socketOf(aUser());

    expect(await socket.ask('resume', data)).toEqual({
      type: 'error',
      id: 'asked-1',
      data: { status, code: status === 400 ? 'invalid_request' : 'rule_broken', detail: expect.any(String) },
    });
  });
});
