import { describe, expect, it } from '@jest/globals';
import { ask, createChats, heard, toldOf } from './support/chats.ts';
import { onePlatform } from './support/one-platform.ts';
import { openSocket, type Socket } from './support/socket.ts';

const { api, url } = onePlatform();
const chats = createChats(api);

/** Two users in a direct chat, each with an open socket that takes messages as they come. */
async function twoTalking() {
  const [alice, bob] = await Promise.all([api.register(), api.register()]);
  const chatId = await chats.openDirect(alice, bob);
  const [hers, his] = await Promise.all([alice, bob].map(({ token }) => openSocket(url(), token)));
  await Promise.all([hers!, his!].map((socket) => ask(socket, { type: 'ping', id: 'first' })));
  return { alice, bob, chatId, hers: hers!, his: his! };
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index, content: `message ${from + index}` }));
const send = (socket: Socket, chatId: string, content: string) =>
  ask(socket, { type: 'message.send', id: content, data: { chat_id: chatId, content, client_id: content } });
const close = (...sockets: Socket[]) => sockets.forEach((socket) => socket.close());

describe('a message over a socket', () => {
  it('is acknowledged as it is stored, and told to the other and to its author’s devices in order, once', async () => {
    const { alice, bob, chatId, hers, his } = await twoTalking();
    const wanted = numbered(1, 15);

    const answers = await Promise.all(wanted.map(({ content }) => send(hers, chatId, content)));
    const repeated = await ask(hers, {
      type: 'message.send',
      id: 'again',
      data: { chat_id: chatId, content: 'message 3', client_id: 'message 3' },
    });
    expect((await chats.say(chatId, bob, 'message 16')).status).toBe(201);
    await Promise.all([hers, his].map((socket) => heard(socket, chatId, 'message 16')));

    expect(answers.map(({ type, data }) => [type, data.message.seq, data.message.author_id])).toEqual(
      wanted.map(({ seq }) => ['ack', seq, alice.id]),
    );
    expect(repeated).toEqual({ ...answers[2], id: 'again' });
    expect([toldOf(his, chatId), toldOf(hers, chatId)]).toEqual([numbered(1, 16), numbered(1, 16)]);
    const first = await heard(his, chatId, 'message 1');
    expect(first).toEqual({ type: 'message.created', id: answers[0]!.data.message.id, data: answers[0]!.data.message });
    const { body } = await chats.messages(chatId, bob);
    expect(body.results.map(({ seq }: { seq: number }) => seq)).toEqual(
      numbered(1, 16)
        .map(({ seq }) => seq)
        .reverse(),
    );
    close(hers, his);
  });

  it('to a group reaches all who are in it, and nobody else', async () => {
    const [alice, bob, carol, dave] = await Promise.all(Array.from({ length: 4 }, () => api.register()));
    const group = await chats.openGroup(alice!, [bob!, carol!], 'Rowers');
    const [bobs, carols, daves] = await Promise.all([bob!, carol!, dave!].map(({ token }) => openSocket(url(), token)));
    const other = await chats.openDirect(alice!, dave!);

    expect((await chats.say(group, alice!, 'message 1')).status).toBe(201);
    const refused = await send(daves!, group, 'May I?');
    expect((await chats.say(other, alice!, 'message 1')).status).toBe(201);

    await Promise.all([heard(bobs!, group, 'message 1'), heard(carols!, group, 'message 1')]);
    await heard(daves!, other, 'message 1');
    expect(toldOf(daves!, group)).toEqual([]);
    expect(refused).toEqual({
      type: 'error',
      id: 'May I?',
      data: { status: 404, code: 'chat_not_found', detail: expect.any(String) },
    });
    close(bobs!, carols!, daves!);
  });

  it('that is edited or deleted is shown so to the other at once', async () => {
    const { alice, bob, chatId, hers, his } = await twoTalking();
    const { data } = await send(hers, chatId, 'At sevn.');
    const path = `/api/chats/${chatId}/messages/${data.message.id}`;

    const edited = await api.send('PATCH', path, { as: alice, body: { content: 'At seven.' } });
    expect([edited.status, edited.body.content]).toEqual([200, 'At seven.']);
    const shown = await his.frame(({ type }) => type === 'message.edited');
    expect((await api.send('DELETE', path, { as: alice })).status).toBe(204);
    const gone = await his.frame(({ type }) => type === 'message.deleted');

    expect(shown.data).toEqual({ ...data.message, content: 'At seven.', edited_at: expect.any(String) });
    expect(gone.data).toMatchObject({ id: data.message.id, seq: 1, content: '', deleted: true });
    expect((await api.send('PATCH', path, { as: bob, body: { content: 'At eight.' } })).status).toBe(403);
    close(hers, his);
  });
});

describe('who is in a chat', () => {
  it('is told how far the other has read, and has their own count of what is unread', async () => {
    const { alice, bob, chatId, hers, his } = await twoTalking();
    for (const { content } of numbered(1, 3)) await send(hers, chatId, content);
    const unread = async () => (await chats.show(chatId, bob)).body.unread_count as number;
    expect(await unread()).toBe(3);

    const answer = await ask(his, { type: 'chat.read', id: 'two', data: { chat_id: chatId, seq: 2 } });

    expect(answer).toEqual({ type: 'ack', id: 'two', data: { unread_count: 1 } });
    const told = await hers.frame(({ type }) => type === 'chat.read');
    expect(told.data).toEqual({ chat_id: chatId, user_id: bob.id, seq: 2 });
    expect(await unread()).toBe(1);
    const { body } = await chats.messages(chatId, alice);
    expect(body.results.map((message: { read_by_count: number }) => message.read_by_count)).toEqual([0, 1, 1]);
    expect((await chats.read(chatId, bob, 3)).body).toEqual({ unread_count: 0 });
    await hers.frame(({ type, data }) => type === 'chat.read' && data.seq === 3);
    close(hers, his);
  });

  it('sees the other write', async () => {
    const { alice, chatId, hers, his } = await twoTalking();

    const answer = await ask(hers, { type: 'chat.typing', id: 'typing', data: { chat_id: chatId } });

    expect(answer).toEqual({ type: 'ack', id: 'typing', data: {} });
    const told = await his.frame(({ type }) => type === 'chat.typing');
    expect(told.data).toEqual({ chat_id: chatId, user_id: alice.id });
    close(hers, his);
  });

  it('sees the other come and go', async () => {
    const { alice, bob, hers, his } = await twoTalking();
    const isOf = (userId: string, online: boolean) => (frame: { type: string; data?: unknown }) =>
      frame.type === 'presence' && JSON.stringify(frame.data) === JSON.stringify({ user_id: userId, online });
    await Promise.all([hers.frame(isOf(bob.id, true)), his.frame(isOf(alice.id, true))]);

    his.close();

    await hers.frame(isOf(bob.id, false));
    hers.close();
  });
});

describe('a client whose connection was cut', () => {
  it('resumes with nothing missing and nothing twice, while more is written', async () => {
    const { bob, chatId, hers, his } = await twoTalking();
    for (const { content } of numbered(1, 3)) await send(hers, chatId, content);
    await heard(his, chatId, 'message 3');
    his.cut();
    await his.closed;
    for (const { content } of numbered(4, 12)) await send(hers, chatId, content);

    const back = await openSocket(url(), bob.token);
    const [answer] = await Promise.all([
      ask(back, { type: 'resume', id: 'back', data: { chats: { [chatId]: 3 } } }),
      (async () => {
        for (const { content } of numbered(13, 20)) await send(hers, chatId, content);
      })(),
    ]);
    await heard(back, chatId, 'message 20');

    expect(answer.type).toBe('ack');
    expect(answer.data.chats[chatId]).toBeGreaterThanOrEqual(12);
    expect(toldOf(his, chatId)).toEqual(numbered(1, 3));
    expect(toldOf(back, chatId)).toEqual(numbered(4, 20));
    close(hers, back);
  });
});
