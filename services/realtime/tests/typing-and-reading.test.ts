import { chatRead, participantRemoved, typingStarted } from '@commons/contracts';
import { aUser, anId, fakeClock } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeChats } from './fake-chats.ts';
import { addReplica, fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const chats = fakeChats();
const clock = fakeClock();
const realtime = realtimeOf({ fakes: [fakePosts(), ...chats.calls], clock });
afterEach(endSockets);

const typing = (chat_id: string, user_id: string) => ({
  type: 'chat.typing',
  id: expect.any(String),
  data: { chat_id, user_id },
});

describe('somebody who is writing', () => {
  it('is shown to the others in the chat at every replica, not to themselves or anybody else', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const [alice, bob, carol, eve] = [aUser(), aUser(), aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id, carol.id]);
    const [hers, other, his, evil] = await Promise.all([alice, alice, bob, eve].map((user) => built.socketOf(user)));
    const there = await openSocket(replica.port, { token: built.tokenFor(carol) });

    expect(await hers!.ask('chat.typing', { chat_id: chat })).toEqual({ type: 'ack', id: 'asked-1', data: {} });

    expect(await his!.received('chat.typing')).toEqual([typing(chat, alice.id)]);
    expect(await there.received('chat.typing')).toEqual([typing(chat, alice.id)]);
    for (const socket of [hers, other, evil]) {
      await socket!.ask('ping');
      expect(socket!.frames.filter(({ type }) => type === 'chat.typing')).toEqual([]);
    }
    endSockets();
    await replica.stop();
  });

  it('is told of once in two seconds, by connection and chat', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const [first, second] = [chats.open([alice.id, bob.id]), chats.open([alice.id, bob.id])];
    const [hers, his] = [await built.socketOf(alice), await built.socketOf(bob)];
    for (const chat of [first, first, second, first]) await hers.ask('chat.typing', { chat_id: chat });
    clock.advance(1_999);
    await hers.ask('chat.typing', { chat_id: first });
    clock.advance(1);
    await hers.ask('chat.typing', { chat_id: first });

    const frames = await his.received('chat.typing', 3);
    await built.settled();
    await his.ask('ping');
    expect(frames.map(({ data }) => data.chat_id).sort()).toEqual([first, first, second].sort());
    expect(his.frames.filter(({ type }) => type === 'chat.typing')).toHaveLength(3);
  });

  it('leaves no trace: what may be lost is told at once, without the outbox', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const socket = await built.socketOf(alice);

    await socket.ask('chat.typing', { chat_id: chat });

    expect((await built.published(typingStarted)).at(-1)).toMatchObject({
      type: 'TypingStarted',
      source: 'realtime',
      subject: chat,
      data: {
        ...{ v: 1, chat_id: chat, user_id: alice.id, recipient_ids: [bob.id] },
        meta: { actor_id: alice.id, ip: '127.0.0.1' },
      },
    });
  });

  it('is answered as ever where the broker is away', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const socket = await built.socketOf(alice);
    const undo = built.harness.faults.fail({ on: 'publish', topic: 'realtime-events' });

    expect(await socket.ask('chat.typing', { chat_id: chat })).toMatchObject({ type: 'ack' });
    undo();
  });

  it('has to be in the chat, from when they leave it on as well', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [hers, his] = [await built.socketOf(alice), await built.socketOf(bob)];
    await hers.ask('chat.typing', { chat_id: chat });
    await his.ask('chat.typing', { chat_id: chat });
    chats.remove(chat, bob.id);
    await built.deliver(participantRemoved, {
      ...{ chat_id: chat, user_id: bob.id, revision: 1, recipient_ids: [alice.id] },
    });

    expect(await his.ask('chat.typing', { chat_id: chat })).toEqual({
      type: 'error',
      id: 'asked-2',
      data: { status: 404, code: 'chat_not_found', detail: 'There is no such chat.' },
    });
    expect(await his.ask('chat.typing', { chat_id: 'x' })).toMatchObject({ data: { status: 400 } });
    expect(await his.ask('chat.typing')).toMatchObject({ data: { status: 400 } });
  });
});

describe('whoever reads a chat', () => {
  it('is told how much is left, or that it cannot be', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    for (let count = 0; count < 5; count++) chats.write(chat, alice.id);
    const socket = await built.socketOf(alice);

    expect(await socket.ask('chat.read', { chat_id: chat, seq: 3 })).toEqual({
      type: 'ack',
      id: 'asked-1',
      data: { unread_count: 2 },
    });
    expect(await socket.ask('chat.read', { chat_id: anId(), seq: 3 })).toMatchObject({ data: { status: 404 } });
    expect(await socket.ask('chat.read', { chat_id: chat })).toMatchObject({ data: { status: 400 } });
    expect(await socket.ask('chat.read', { chat_id: chat, seq: -1 })).toMatchObject({ data: { status: 422 } });
  });

  it('is shown to all in the chat, and never as having read less', async () => {
    const { built } = realtime;
    const [alice, bob, eve] = [aUser(), aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [hers, his, evil] = [await built.socketOf(alice), await built.socketOf(bob), await built.socketOf(eve)];
    const read = (seq: number) => ({ chat_id: chat, user_id: bob.id, seq, recipient_ids: [alice.id, bob.id] });

    await built.deliver(chatRead, read(2), { id: 'read-2', times: 2 });
    await built.deliver(chatRead, read(1));
    await built.deliver(chatRead, read(4), { id: 'read-4' });

    const frame = (seq: number) => ({
      type: 'chat.read',
      id: `read-${seq}`,
      data: { chat_id: chat, user_id: bob.id, seq },
    });
    for (const socket of [hers, his]) expect(await socket.received('chat.read', 2)).toEqual([frame(2), frame(4)]);
    await evil.ask('ping');
    expect(evil.frames.map(({ type }) => type)).toEqual(['pong']);
  });
});
