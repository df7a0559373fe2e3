import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chatRead } from '@commons/contracts';
import { buildChat, ids, told, type ChatUnderTest } from './chat-service.ts';

let chat: ChatUnderTest;
beforeAll(async () => {
  chat = await buildChat();
});
afterAll(() => chat.stop());

const unread = async (user: ReturnType<ChatUnderTest['person']>, chatId: string) =>
  (await chat.show(user, chatId)).unread_count;

describe('what is unread', () => {
  it('is what others have written since the mark, and never one’s own', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    await chat.say(alice, chatId, '1');
    await chat.say(bob, chatId, '2');
    await chat.say(bob, chatId, '3');
    await chat.say(alice, chatId, '4');
    await chat.say(bob, chatId, '5');
    expect([await unread(alice, chatId), await unread(bob, chatId)]).toEqual([3, 2]);

    expect(await chat.read(alice, chatId, 2)).toBe(2);
    expect(await chat.read(alice, chatId, 3)).toBe(1);
    expect(await chat.read(alice, chatId, 4)).toBe(1);
    expect(await chat.read(alice, chatId, 5)).toBe(0);
    expect(await chat.read(bob, chatId, 1)).toBe(1);
    expect(await chat.read(bob, chatId, 3)).toBe(1);
    expect(await chat.read(bob, chatId, 4)).toBe(0);
    expect([await unread(alice, chatId), await unread(bob, chatId)]).toEqual([0, 0]);
  });

  it('stays what it is for a mark that lies behind, and is nothing for one that lies ahead', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    for (const content of ['1', '2', '3']) await chat.say(alice, chatId, content);

    expect(await chat.read(bob, chatId, 2)).toBe(1);
    expect(await chat.read(bob, chatId, 1)).toBe(1);
    expect(await chat.read(bob, chatId, 0)).toBe(1);
    expect(await chat.read(bob, chatId, 1_000)).toBe(0);
    await chat.say(alice, chatId, '4');

    expect(await unread(bob, chatId)).toBe(1);
    expect(await told(chat, chatRead, chatId)).toEqual([
      { chat_id: chatId, user_id: bob.id, seq: 2, recipient_ids: ids([alice, bob]) },
      { chat_id: chatId, user_id: bob.id, seq: 3, recipient_ids: ids([alice, bob]) },
    ]);
  });

  it('is right after many have written and read at the same time', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob, carol]);
    const everybody = [alice, bob, carol];

    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        everybody.flatMap((user) => [chat.say(user, chatId, `${n}`), chat.read(user, chatId, n)]),
      ).flat(),
    );

    for (const user of everybody) {
      const mark = (await chat.ctx.readMarks.of(user.id, [chatId])).get(chatId);
      const waiting = (await chat.history(user, chatId, '?limit=100')).filter(
        ({ seq, author_id }) => seq > (mark?.readSeq ?? 0) && author_id !== user.id,
      );
      expect(await unread(user, chatId)).toBe(waiting.length);
      expect(await chat.read(user, chatId, 30)).toBe(0);
    }
  });

  it('is asked in the right way', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const path = `/api/chats/${await chat.direct(alice, bob)}/read`;

    await chat.as(alice).post(path).send({}).expect(400);
    await chat.as(alice).post(path).send({ seq: null }).expect(400);
    await chat.as(alice).post(path).send({ seq: '1' }).expect(400);
    await chat.as(alice).post(path).send({ seq: -1 }).expect(422);
  });
});

describe('by how many a message is read', () => {
  it('follows the marks of the others', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob, carol]);
    await chat.say(alice, chatId, '1');
    await chat.say(bob, chatId, '2');
    await chat.say(alice, chatId, '3');
    const counts = async () => (await chat.history(carol, chatId)).map(({ read_by_count }) => read_by_count).reverse();

    expect(await counts()).toEqual([0, 0, 0]);
    await chat.read(bob, chatId, 1);
    expect(await counts()).toEqual([1, 0, 0]);
    await chat.read(carol, chatId, 2);
    expect(await counts()).toEqual([2, 1, 0]);
    await chat.read(alice, chatId, 3);
    expect(await counts()).toEqual([2, 2, 0]);
    await chat.read(bob, chatId, 3);
    await chat.read(carol, chatId, 3);
    expect(await counts()).toEqual([2, 2, 2]);
    expect((await chat.show(alice, chatId)).last_message?.read_by_count).toBe(2);
  });

  it('leaves out who was not there yet, and who is there no more', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob]);
    await chat.say(alice, chatId, '1');
    await chat.read(bob, chatId, 1);
    await chat
      .as(alice)
      .post(`/api/chats/${chatId}/participants`)
      .send({ user_ids: [carol.id] })
      .expect(201);
    await chat.read(carol, chatId, 1);
    const counts = async () => (await chat.history(alice, chatId)).map(({ read_by_count }) => read_by_count).reverse();

    expect(await counts()).toEqual([1]);
    await chat.say(alice, chatId, '2');
    await chat.read(carol, chatId, 2);
    expect(await counts()).toEqual([1, 1]);
    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);
    expect(await counts()).toEqual([0, 1]);
  });
});
