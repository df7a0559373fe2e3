import { messageDeleted, messageEdited, messageSent, participantRemoved } from '@commons/contracts';
import { aUser, anId, until, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeChats } from './fake-chats.ts';
import { addReplica, fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket, type TestSocket } from './test-socket.ts';

const chats = fakeChats();
const realtime = realtimeOf({ fakes: [fakePosts(), ...chats.calls] });
afterEach(endSockets);

/** Opens a WebSocket of somebody who gets messages at once. */
async function present(user: TestUser): Promise<TestSocket> {
  const socket = await realtime.built.socketOf(user);
  await socket.ask('ping');
  return socket;
}

const seqsOf = (socket: TestSocket, chatId?: string): number[] =>
  socket.frames
    .filter(({ type, data }) => type === 'message.created' && (chatId === undefined || data.chat_id === chatId))
    .map(({ data }) => data.seq);

describe('a message', () => {
  it('reaches all who are in the chat, at every place, and nobody else', async () => {
    const { built } = realtime;
    const [alice, bob, eve] = [aUser(), aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [phone, desk, his, hers] = [
      await present(alice),
      await present(alice),
      await present(bob),
      await present(eve),
    ];
    const event = chats.write(chat, alice.id, 'good morning');

    await built.deliver(messageSent, event);

    const frame = { type: 'message.created', id: event.message.id, data: event.message };
    for (const socket of [phone, desk, his]) expect(await socket.received('message.created')).toEqual([frame]);
    await hers.ask('ping');
    expect(hers.frames.map(({ type }) => type)).toEqual(['pong', 'pong']);
  });

  it('reaches them at every replica', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const here = await present(alice);
    const there = await openSocket(replica.port, { token: built.tokenFor(bob) });

    await built.deliver(messageSent, chats.write(chat, alice.id));

    expect([await here.received('message.created'), await there.received('message.created')]).toEqual([
      [expect.objectContaining({ data: chats.messagesOf(chat)[0] })],
      [expect.objectContaining({ data: chats.messagesOf(chat)[0] })],
    ]);
    endSockets();
    await replica.stop();
  });

  it('that is told again is not delivered again', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    const [first, second] = [chats.write(chat, alice.id), chats.write(chat, alice.id)];

    await built.deliver(messageSent, first, { times: 2 });
    await built.deliver(messageSent, second, { times: 2 });
    await built.deliver(messageSent, first);

    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual([1, 2]);
  });

  it('that overtakes others waits for them', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    const events = Array.from({ length: 12 }, () => chats.write(chat, alice.id));
    const order = [1, 3, 2, 12, 11, 10, 4, 5, 9, 8, 7, 6];

    for (const seq of order) await built.tell(messageSent, events[seq - 1]!);

    await socket.received('message.created', 12);
    expect(seqsOf(socket)).toEqual(events.map(({ message }) => message.seq));
  });

  it('that was the first to be heard of does not come before those that it overtook', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const old = chats.write(chat, alice.id).message;
    chats.change(old, { created_at: new Date(Date.now() - 60_000).toISOString() });
    const socket = await present(alice);
    const [second, third] = [chats.write(chat, bob.id), chats.write(chat, bob.id)];

    await built.deliver(messageSent, third);
    await built.deliver(messageSent, second);

    await socket.received('message.created', 2);
    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual([2, 3]);
  });

  it('that was lost on the way is fetched, once for all, before those after it', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const sockets = [await present(alice), await present(alice), await present(bob)];
    await built.deliver(messageSent, chats.write(chat, alice.id));
    const lost = Array.from({ length: 30 }, () => chats.write(chat, bob.id));
    chats.pageSize = 7;

    await built.deliver(messageSent, chats.write(chat, alice.id));

    for (const socket of sockets) {
      await socket.received('message.created', lost.length + 2);
      expect(seqsOf(socket)).toEqual(chats.messagesOf(chat).map(({ seq }) => seq));
    }
    const fetched = chats.fetched().filter(({ chat_id }) => chat_id === chat);
    expect(fetched.map(({ after_seq }) => after_seq)).toEqual([1, 8, 15, 22, 29]);
    chats.pageSize = 200;
  });

  it('waits while those before it cannot be fetched', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    await built.deliver(messageSent, chats.write(chat, alice.id));
    chats.write(chat, alice.id);
    const undo = built.harness.faults.fail(
      { on: 'invocation', app: 'chat' },
      { message: "couldn't find service: chat" },
    );

    await built.deliver(messageSent, chats.write(chat, alice.id));
    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual([1]);
    undo();

    await socket.received('message.created', 3);
    expect(seqsOf(socket)).toEqual([1, 2, 3]);
  });

  it('is fetched by somebody else where the first may not read the chat any more', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [, his] = [await present(alice), await present(bob)];
    await built.deliver(messageSent, chats.write(chat, alice.id));
    chats.write(chat, bob.id);
    const event = chats.write(chat, bob.id);
    chats.remove(chat, alice.id);

    await built.deliver(messageSent, event);

    await his.received('message.created', 3);
    expect(seqsOf(his)).toEqual([1, 2, 3]);
  });

  it('is kept from whoever may not read the chat any more, though it was meant for them when it was sent', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    await built.deliver(messageSent, chats.write(chat, alice.id));
    chats.write(chat, alice.id);
    const event = chats.write(chat, alice.id);
    chats.remove(chat, alice.id);

    await built.deliver(messageSent, event);

    await until(() => built.ctx.connections.ofUser(alice.id)[0]?.delivered.size === 0, 'the refusal');
    await socket.ask('ping');
    expect(seqsOf(socket)).toEqual([1]);
  });

  it('does not reach whoever has left the chat', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const [hers, his] = [await present(alice), await present(bob)];
    await built.deliver(messageSent, chats.write(chat, alice.id));
    chats.remove(chat, bob.id);
    const removal = { chat_id: chat, user_id: bob.id, revision: 1, recipient_ids: [alice.id] };

    await built.deliver(participantRemoved, removal, { times: 2 });
    await built.deliver(messageSent, chats.write(chat, alice.id));

    await hers.received('message.created', 2);
    await his.ask('ping');
    expect([seqsOf(hers), seqsOf(his)]).toEqual([[1, 2], [1]]);
  });
});

describe('a change of a message', () => {
  const changed = (message: Parameters<typeof chats.change>[0], content: string, deleted = false) =>
    chats.change(message, { content, deleted, edited_at: new Date().toISOString() });

  it('is shown to all in the chat, and never steps back', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const chat = chats.open([alice.id, bob.id]);
    const socket = await present(bob);
    const event = chats.write(chat, alice.id, 'one');
    const recipients = { recipient_ids: event.recipient_ids };
    await built.deliver(messageSent, event);
    const [two, three] = [changed(event.message, 'two'), changed(event.message, 'three')];
    const gone = changed(event.message, '', true);

    await built.deliver(messageEdited, { message: three, revision: 2, ...recipients }, { id: 'edit-2' });
    await built.deliver(messageEdited, { message: two, revision: 1, ...recipients });
    await built.deliver(messageDeleted, { message: gone, revision: 3, ...recipients }, { id: 'delete', times: 2 });

    await socket.received('message.deleted');
    await socket.ask('ping');
    expect(socket.frames.slice(2, -1)).toEqual([
      { type: 'message.edited', id: 'edit-2', data: three },
      { type: 'message.deleted', id: 'delete', data: gone },
    ]);
  });

  it('that comes before its message is shown with it', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    await built.deliver(messageSent, chats.write(chat, alice.id));
    const event = chats.write(chat, alice.id, 'one');
    const edited = { ...event.message, content: 'two' };

    await built.tell(messageEdited, { message: edited, revision: 1, recipient_ids: [alice.id] });
    await built.deliver(messageSent, event);

    await socket.received('message.created', 2);
    await socket.ask('ping');
    expect(socket.frames.slice(2, -1)).toEqual([{ type: 'message.created', id: edited.id, data: edited }]);
  });

  it('tells of a message that was lost', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    await built.deliver(messageSent, chats.write(chat, alice.id));
    const { message } = chats.write(chat, alice.id);
    const edited = changed(message, 'two');

    await built.deliver(messageEdited, { message: edited, revision: 1, recipient_ids: [alice.id] });

    expect((await socket.received('message.created', 2))[1]).toEqual({
      type: 'message.created',
      id: edited.id,
      data: edited,
    });
  });
});

describe('a client', () => {
  it('that sends a message is answered with it as it is stored', async () => {
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);
    const asked = { chat_id: chat, content: 'hello', media: null, reply_to: null, client_id: anId() };

    const [ack, again] = [await socket.ask('message.send', asked), await socket.ask('message.send', asked)];

    const [message] = chats.messagesOf(chat);
    expect(message).toMatchObject({ seq: 1, author_id: alice.id, content: 'hello' });
    expect([ack, again]).toEqual([
      { type: 'ack', id: 'asked-2', data: { message } },
      { type: 'ack', id: 'asked-3', data: { message } },
    ]);
  });

  it.each([
    ['no chat', { content: 'x' }, 400, 'invalid_request'],
    ['a chat that is no id', { chat_id: 'x', content: 'x' }, 400, 'invalid_request'],
    ['a content that is no text', { chat_id: anId(), content: 7 }, 400, 'invalid_request'],
    ['a media of no type', { chat_id: anId(), media: [{ photo_id: anId(), type: 'smell' }] }, 422, 'rule_broken'],
    ['a client_id that is too long', { chat_id: anId(), content: 'x', client_id: 'x'.repeat(129) }, 422, 'rule_broken'],
    ['a chat that it is not in', { chat_id: anId(), content: 'x' }, 404, 'chat_not_found'],
  ])('that sends a message with %s is told so', async (_what, data, status, code) => {
    const socket = await present(aUser());

    expect(await socket.ask('message.send', data)).toEqual({
      type: 'error',
      id: 'asked-2',
      data: { status, code, detail: expect.any(String) },
    });
  });

  it('that may not write to the other is told so, and that a chat is away', async () => {
    const { built } = realtime;
    const alice = aUser();
    const chat = chats.open([alice.id]);
    const socket = await present(alice);

    expect(await socket.ask('message.send', { chat_id: chat, content: 'forbidden' })).toMatchObject({
      type: 'error',
      data: { status: 403, code: 'blocked' },
    });
    const undo = built.harness.faults.fail(
      { on: 'invocation', app: 'chat' },
      { message: "couldn't find service: chat" },
    );
    expect(await socket.ask('message.send', { chat_id: chat, content: 'x' })).toMatchObject({
      type: 'error',
      data: { status: 503, code: 'service_unavailable' },
    });
    undo();
  });
});
