import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { participantAdded, participantRemoved } from '@commons/contracts';
import { anId, fakeClock, until } from '@commons/platform/testing';
import { buildChat, contents, ids, told, type ChatUnderTest } from './chat-service.ts';

let chat: ChatUnderTest;
const clock = fakeClock('2026-02-01T10:00:00.000Z');
beforeAll(async () => {
  chat = await buildChat({ clock });
});
afterAll(() => chat.stop());

const rolesOf = async (user: ReturnType<ChatUnderTest['person']>, chatId: string) =>
  (await chat.show(user, chatId)).participants.map(({ user_id, role }) => [user_id, role]);

describe('an admin of a group', () => {
  it('brings others in, who see what was said before and have nothing unread', async () => {
    const [alice, bob, carol, dave] = [chat.person(), chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob]);
    await chat.say(alice, chatId, 'Before');
    clock.advance(1_000);
    const path = `/api/chats/${chatId}/participants`;

    const { body, headers } = await chat
      .as(alice)
      .post(path)
      .send({ user_ids: ids([carol, bob, dave, carol]) })
      .expect(201);

    expect(headers['location']).toBe(`/api/chats/${chatId}`);
    expect(body.participants.map(({ user_id }: { user_id: string }) => user_id)).toEqual(
      ids([alice, bob, carol, dave]),
    );
    expect(body.participants[2]).toEqual({
      user_id: carol.id,
      username: carol.username,
      role: 'member',
      joined_at: clock.now().toISOString(),
    });
    expect(contents(await chat.history(carol, chatId))).toEqual(['Before']);
    expect((await chat.show(carol, chatId)).unread_count).toBe(0);
    expect((await chat.history(alice, chatId))[0]?.read_by_count).toBe(0);
    const recipient_ids = ids([alice, bob, carol, dave]);
    expect(await told(chat, participantAdded, chatId)).toEqual([
      { chat_id: chatId, user_id: carol.id, role: 'member', revision: 2, recipient_ids },
      { chat_id: chatId, user_id: dave.id, role: 'member', revision: 2, recipient_ids },
    ]);
    await chat
      .as(alice)
      .post(path)
      .send({ user_ids: [carol.id] })
      .expect(200);
    expect(await told(chat, participantAdded, chatId)).toHaveLength(2);
  });

  it('takes others out, for whom the chat is not there any more', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob, carol]);

    await chat.as(alice).delete(`/api/chats/${chatId}/participants/${bob.id}`).expect(204);

    await chat.as(bob).get(`/api/chats/${chatId}`).expect(404);
    expect(await chat.list(bob)).toEqual([]);
    expect(await rolesOf(alice, chatId)).toEqual([
      [alice.id, 'admin'],
      [carol.id, 'member'],
    ]);
    expect(await told(chat, participantRemoved, chatId)).toEqual([
      { chat_id: chatId, user_id: bob.id, revision: 2, recipient_ids: [alice.id, carol.id] },
    ]);
    const again = await chat.as(alice).delete(`/api/chats/${chatId}/participants/${bob.id}`).expect(404);
    expect(again.body).toMatchObject({ code: 'participant_not_found' });
  });

  it('gives the group another title', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob], 'Old');

    const { body } = await chat.as(alice).patch(`/api/chats/${chatId}`).send({ title: ' New ' }).expect(200);

    expect(body).toEqual(await chat.show(alice, chatId));
    expect(body).toMatchObject({ title: 'New' });
    await chat.as(alice).patch(`/api/chats/${chatId}`).send({}).expect(400);
    await chat.as(alice).patch(`/api/chats/${chatId}`).send({ title: null }).expect(400);
    await chat.as(alice).patch(`/api/chats/${chatId}`).send({ title: '' }).expect(422);
    await chat
      .as(alice)
      .patch(`/api/chats/${chatId}`)
      .send({ title: 'x'.repeat(256) })
      .expect(422);
  });

  it('is one whom others are not', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob, carol]);
    const path = `/api/chats/${chatId}`;

    const refusals = [
      await chat.as(bob).patch(path).send({ title: 'Mine' }),
      await chat
        .as(bob)
        .post(`${path}/participants`)
        .send({ user_ids: [chat.person().id] }),
      await chat.as(bob).delete(`${path}/participants/${carol.id}`),
      await chat.as(bob).delete(`${path}/participants/${alice.id}`),
    ];

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(
      refusals.map(() => [403, 'not_a_chat_admin']),
    );
    expect(await rolesOf(bob, chatId)).toHaveLength(3);
  });

  it('says whom in the right way', async () => {
    const alice = chat.person();
    const chatId = await chat.group(alice, [chat.person()]);
    const path = `/api/chats/${chatId}/participants`;

    await chat.as(alice).post(path).send({}).expect(400);
    await chat
      .as(alice)
      .post(path)
      .send({ user_ids: [7] })
      .expect(400);
    await chat.as(alice).post(path).send({ user_ids: [] }).expect(422);
    await chat
      .as(alice)
      .post(path)
      .send({ user_ids: [anId()] })
      .expect(404);
    await chat.as(alice).delete(`${path}/x`).expect(400);
    await chat.as(alice).delete(`${path}/${anId()}`).expect(404);
  });
});

describe('whoever leaves a group', () => {
  it('is out of it, and the longest-standing member becomes admin after the last one', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob, carol]);

    await chat.as(alice).delete(`/api/chats/${chatId}`).expect(204);

    await chat.as(alice).get(`/api/chats/${chatId}`).expect(404);
    await chat.as(alice).delete(`/api/chats/${chatId}`).expect(404);
    expect(await rolesOf(bob, chatId)).toEqual([
      [bob.id, 'admin'],
      [carol.id, 'member'],
    ]);
    await chat.as(bob).patch(`/api/chats/${chatId}`).send({ title: 'Mine now' }).expect(200);
  });

  it('takes the chat with them when they are the last', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.group(alice, [bob]);
    await chat.say(bob, chatId, 'Bye');

    await chat.as(alice).delete(`/api/chats/${chatId}/participants/${alice.id}`).expect(204);
    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);

    await until(chat.isIdle);
    const { db } = chat.ctx;
    const left = ['chats', 'messages', 'read_marks'].map((name) => db.collection(name).find().toArray());
    expect(JSON.stringify(await Promise.all(left))).not.toContain(chatId);
    expect((await told(chat, participantRemoved, chatId)).at(-1)).toEqual({
      chat_id: chatId,
      user_id: bob.id,
      revision: 3,
      recipient_ids: [],
    });
  });
});

describe('whoever puts a direct chat away', () => {
  it('sees it again, with all of it, when the other one writes', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    await chat.say(alice, chatId, 'One');

    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);

    expect(await chat.list(bob)).toEqual([]);
    await chat.as(bob).get(`/api/chats/${chatId}`).expect(404);
    await chat.as(bob).post(`/api/chats/${chatId}/messages`).send({ content: 'Hm' }).expect(404);
    expect((await chat.show(alice, chatId)).participants.map(({ user_id }) => user_id)).toEqual(ids([alice, bob]));
    await chat.say(alice, chatId, 'Two');
    expect(await chat.show(bob, chatId)).toMatchObject({ unread_count: 1, last_message: { content: 'Two' } });
    expect(contents(await chat.history(bob, chatId))).toEqual(['Two', 'One']);
    expect(await told(chat, participantAdded, chatId)).toEqual([
      { chat_id: chatId, user_id: bob.id, role: 'member', revision: 3, recipient_ids: ids([alice, bob]) },
    ]);
  });

  it('finds it again by opening it', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    await chat.say(alice, chatId, 'One');
    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);

    const { body } = await chat
      .as(bob)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [alice.id] })
      .expect(200);

    expect(body).toEqual(await chat.show(bob, chatId));
    expect(body).toMatchObject({ id: chatId, unread_count: 0, last_message: { content: 'One' } });
  });

  it('loses it for good when the other one does so too', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    await chat.say(alice, chatId, 'One');

    await chat.as(alice).delete(`/api/chats/${chatId}`).expect(204);
    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);

    await until(chat.isIdle);
    expect(JSON.stringify(await chat.ctx.db.collection('messages').find().toArray())).not.toContain(chatId);
    const { body } = await chat
      .as(bob)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [alice.id] });
    expect(body.id).not.toBe(chatId);
    expect(await chat.history(bob, body.id)).toEqual([]);
  });

  it('has it as it is: without a title or others', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);

    const refusals = [
      await chat.as(alice).patch(`/api/chats/${chatId}`).send({ title: 'Us' }),
      await chat
        .as(alice)
        .post(`/api/chats/${chatId}/participants`)
        .send({ user_ids: [chat.person().id] }),
      await chat.as(alice).delete(`/api/chats/${chatId}/participants/${bob.id}`),
    ];

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [403, 'not_a_group']));
  });
});
