import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listChatMates,
  listContacts,
  listMessagesAfter,
  markChatRead,
  messageSent,
  sendMessage,
  userBlocked,
} from '@commons/contracts';
import { anId, type TestUser } from '@commons/platform/testing';
import { buildChat, contents, ids, told, type ChatUnderTest } from './chat-service.ts';
import { aBlock } from './relations.ts';

let chat: ChatUnderTest;
beforeAll(async () => {
  chat = await buildChat();
});
afterAll(() => chat.stop());

const named = ({ id, username }: TestUser) => ({ id, username });

describe('a message over a WebSocket', () => {
  it('is one as over HTTP, once by its client_id', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chat_id = await chat.direct(alice, bob);
    const input = { user: named(alice), chat_id, content: 'Hello', client_id: 'ws-1' };

    const { body } = await chat.call(sendMessage, input).expect(200);

    expect(body).toEqual({ message: (await chat.history(bob, chat_id))[0], is_new: true });
    expect(body.message).toMatchObject({ seq: 1, author_id: alice.id, content: 'Hello' });
    expect((await chat.call(sendMessage, input).expect(200)).body).toEqual({ ...body, is_new: false });
    expect(await told(chat, messageSent, chat_id)).toEqual([
      expect.objectContaining({ client_id: 'ws-1', author_username: alice.username }),
    ]);
    await chat.read(bob, chat_id, 1);
    const { body: read } = await chat.call(sendMessage, input).expect(200);
    expect(read.message.read_by_count).toBe(1);
  });

  it('keeps to the same rules', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chat_id = await chat.direct(alice, bob);
    const send = (body: object, user = alice) => chat.call(sendMessage, { user: named(user), chat_id, ...body });

    await send({}).expect(422);
    await send({ content: 'x'.repeat(4_001) }).expect(422);
    await send({ content: 'x', reply_to: anId() }).expect(422);
    await send({ content: 'x' }, chat.person()).expect(404);
    await send({ content: 'x', chat_id: anId() }).expect(404);
    await chat.deliver(userBlocked, aBlock(bob, alice));
    expect((await send({ content: 'x' }).expect(403)).body).toMatchObject({ code: 'blocked' });
  });
});

describe('a read mark over a WebSocket', () => {
  it('is one as over HTTP', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chat_id = await chat.direct(alice, bob);
    for (const content of ['1', '2', '3']) await chat.say(alice, chat_id, content);

    const { body } = await chat.call(markChatRead, { user: named(bob), chat_id, seq: 2 }).expect(200);

    expect(body).toEqual({ unread_count: 1 });
    expect((await chat.show(bob, chat_id)).unread_count).toBe(1);
    await chat.call(markChatRead, { user: named(chat.person()), chat_id, seq: 2 }).expect(404);
  });
});

describe('what was missed', () => {
  it('comes oldest first, a piece at a time', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chat_id = await chat.direct(alice, bob);
    for (const content of ['1', '2', '3', '4']) await chat.say(alice, chat_id, content);
    const missed = async (after_seq: number, limit?: number) => {
      const input = { user: named(bob), chat_id, after_seq, ...(limit && { limit }) };
      const { body } = await chat.call(listMessagesAfter, input).expect(200);
      return [contents(body.messages).join(''), body.last_seq, body.has_more];
    };

    expect(await missed(0)).toEqual(['1234', 4, false]);
    expect(await missed(1, 2)).toEqual(['23', 4, true]);
    expect(await missed(3, 2)).toEqual(['4', 4, false]);
    expect(await missed(4)).toEqual(['', 4, false]);
    await chat.call(listMessagesAfter, { user: named(chat.person()), chat_id, after_seq: 0 }).expect(404);
    await chat.deliver(userBlocked, aBlock(bob, alice));
    await chat.call(listMessagesAfter, { user: named(bob), chat_id, after_seq: 0 }).expect(404);
  });
});

describe('who is near somebody', () => {
  it('are the others in a chat', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chat_id = await chat.group(alice, [bob, carol]);

    const { body } = await chat.call(listChatMates, { user: named(bob), chat_id }).expect(200);

    expect(body).toEqual({ user_ids: ids([alice, carol]) });
    await chat.call(listChatMates, { user: named(chat.person()), chat_id }).expect(404);
  });

  it('are all who share a chat with them, each once, but for those who are blocked', async () => {
    const [alice, bob, carol, dave, erin] = Array.from({ length: 5 }, () => chat.person()) as [
      TestUser,
      TestUser,
      TestUser,
      TestUser,
      TestUser,
    ];
    await chat.direct(alice, bob);
    await chat.direct(alice, dave);
    await chat.group(alice, [bob, carol, dave]);
    await chat.group(bob, [erin]);
    await chat.deliver(userBlocked, aBlock(dave, alice));
    const contacts = async (user: TestUser) =>
      (await chat.call(listContacts, { user_id: user.id }).expect(200)).body.user_ids.sort();

    expect(await contacts(alice)).toEqual(ids([bob, carol]).sort());
    expect(await contacts(dave)).toEqual(ids([bob, carol]).sort());
    expect(await contacts(erin)).toEqual([bob.id]);
    expect(await contacts(chat.person())).toEqual([]);
  });
});

describe('what other services ask', () => {
  it('is for realtime alone', async () => {
    const user = chat.person();
    const [chat_id, by] = [anId(), { user: named(user) }];
    const asked = (caller: string) => [
      chat.call(sendMessage, { ...by, chat_id, content: 'x' }, { caller }),
      chat.call(markChatRead, { ...by, chat_id, seq: 1 }, { caller }),
      chat.call(listMessagesAfter, { ...by, chat_id, after_seq: 0 }, { caller }),
      chat.call(listChatMates, { ...by, chat_id }, { caller }),
      chat.call(listContacts, { user_id: user.id }, { caller }),
    ];

    for (const caller of ['gateway', 'post'])
      expect((await Promise.all(asked(caller))).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    await chat.as(user).post('/internal/ListContacts').send({ user_id: user.id }).expect(403);
  });
});
