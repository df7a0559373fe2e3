import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  messageDeleted,
  messageSent,
  participantRemoved,
  subscriptionRemoved,
  subscriptionRequestAccepted,
  userDataErased,
  userDeleted,
  userProfileUpdated,
  userRegistered,
} from '@commons/contracts';
import { anId, aUser, until, type TestUser } from '@commons/platform/testing';
import { buildChat, contents, ids, told, type ChatUnderTest } from './chat-service.ts';
import { aFollow, anUnfollow } from './relations.ts';

let chat: ChatUnderTest;
beforeAll(async () => {
  chat = await buildChat();
});
afterAll(() => chat.stop());

const erased = async ({ id }: TestUser) =>
  (await chat.published(userDataErased)).filter(({ subject }) => subject === id).map(({ data }) => data);
async function erase(user: TestUser): Promise<void> {
  await chat.deliver(userDeleted, { user_id: user.id }, { times: 2 });
  await until(async () => (await erased(user)).length > 0);
}
const names = async (user: TestUser, chatId: string) =>
  (await chat.show(user, chatId)).participants.map(({ username }) => username);

describe('a name', () => {
  it('is the latest in all chats, in whatever order it is told of', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const [one, two] = [await chat.direct(alice, bob), await chat.group(alice, [bob])];
    const rename = (username: string, username_revision: number) =>
      chat.deliver(userProfileUpdated, { user_id: bob.id, username, username_revision }, { times: 2 });

    await rename('$third', 3);
    await rename('second', 2);
    await chat.deliver(userProfileUpdated, { user_id: bob.id, nickname: 'Nick', revision: 9 });

    expect([await names(alice, one), await names(alice, two)]).toEqual([
      [alice.username, '$third'],
      [alice.username, '$third'],
    ]);
    await chat.say(bob, one, 'Hello');
    expect((await told(chat, messageSent, one))[0]).toMatchObject({ author_username: '$third' });
  });

  it('is known from the registration on', async () => {
    const [alice, dora] = [chat.person(), aUser()];
    await chat.deliver(
      userRegistered,
      {
        user_id: dora.id,
        username: 'dora',
        email: 'dora@example.com',
        first_name: '',
        last_name: '',
        created_at: '2026-01-31T09:30:00.000Z',
        username_revision: 1,
      },
      { times: 2 },
    );

    expect(await names(alice, await chat.direct(alice, dora))).toEqual([alice.username, 'dora']);
  });
});

describe('a deleted user', () => {
  it('goes from all chats, and leaves tombstones that nobody wrote', async () => {
    const [gone, alice, bob] = [chat.person(), chat.person(), chat.person()];
    const [direct, group, left] = [
      await chat.direct(gone, alice),
      await chat.group(gone, [alice, bob]),
      await chat.group(alice, [gone]),
    ];
    const secret = await chat.say(gone, direct, 'Secret', {
      client_id: 'mine',
      media: [{ photo_id: anId(), type: 'image' }],
    });
    await chat.say(alice, direct, 'An answer', { reply_to: secret.id });
    await chat.say(gone, group, 'Secret too');
    await chat.say(gone, left, 'Secret as well');
    await chat.as(gone).delete(`/api/chats/${left}`).expect(204);

    await erase(gone);

    expect(await erased(gone)).toEqual([expect.objectContaining({ user_id: gone.id, service: 'chat' })]);
    const tombstone = { ...secret, author_id: null, content: '', media: [], deleted: true };
    const history = await chat.history(alice, direct);
    expect(history).toEqual([expect.objectContaining({ content: 'An answer', reply_to: secret.id }), tombstone]);
    expect(await names(alice, direct)).toEqual([alice.username]);
    expect((await chat.show(bob, group)).participants).toEqual([
      expect.objectContaining({ user_id: alice.id, role: 'admin' }),
      expect.objectContaining({ user_id: bob.id, role: 'member' }),
    ]);
    expect(contents(await chat.history(alice, left))).toEqual(['']);
    expect(await told(chat, participantRemoved, group)).toEqual([
      { chat_id: group, user_id: gone.id, revision: 2, recipient_ids: ids([alice, bob]) },
    ]);
    expect(await told(chat, messageDeleted, direct)).toEqual([
      { message: tombstone, revision: 1, recipient_ids: [alice.id] },
    ]);
    const { db } = chat.ctx;
    const kept = await Promise.all(
      ['chats', 'messages', 'read_marks', 'project_members'].map((name) => db.collection(name).find().toArray()),
    );
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${gone.id}|secret`, 'i'));
    expect(await db.collection('people').findOne({ username: gone.username })).toBeNull();
  });

  it('is nobody whom one can still write to', async () => {
    const [gone, alice] = [chat.person(), chat.person()];
    const [direct, group] = [await chat.direct(gone, alice), await chat.group(alice, [chat.person()])];
    await erase(gone);

    const refusals = [
      await chat.as(alice).post(`/api/chats/${direct}/messages`).send({ content: 'x' }),
      await chat
        .as(alice)
        .post('/api/chats')
        .send({ type: 'direct', participant_ids: [gone.id] }),
      await chat
        .as(alice)
        .post('/api/chats')
        .send({ type: 'group', participant_ids: [gone.id] }),
      await chat
        .as(alice)
        .post(`/api/chats/${group}/participants`)
        .send({ user_ids: [gone.id] }),
    ];

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'partner_gone'],
      [404, 'user_not_found'],
      [404, 'user_not_found'],
      [404, 'user_not_found'],
    ]);
    expect(await chat.list(alice)).toHaveLength(2);
    await chat.as(alice).delete(`/api/chats/${direct}`).expect(204);
    await until(chat.isIdle);
    expect(await chat.list(alice)).toHaveLength(1);
  });

  it('stays gone, whatever comes late, and whatever their token still asks', async () => {
    const [gone, alice] = [chat.person(), chat.person()];
    await erase(gone);

    await chat.deliver(userProfileUpdated, { user_id: gone.id, username: 'ghost', username_revision: 99 });
    await chat
      .as(gone)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [alice.id] })
      .expect(401);
    await chat
      .as(gone)
      .post('/api/chats')
      .send({ type: 'group', participant_ids: [alice.id] })
      .expect(401);

    expect(await chat.list(alice)).toEqual([]);
    expect(await chat.ctx.db.collection('people').findOne({ username: 'ghost' })).toBeNull();
  });

  it('goes batch by batch from many chats and messages, and takes chats where nobody is left', async () => {
    const [gone, alice] = [chat.person(), chat.person()];
    const group = await chat.group(gone, [alice]);
    for (let n = 0; n < 60; n++) await chat.say(gone, group, `${n}`);
    const alone = await chat.direct(gone, chat.person());
    const partner = chat.person();
    const away = await chat.direct(gone, partner);
    await chat.as(partner).delete(`/api/chats/${away}`).expect(204);
    for (let n = 0; n < 22; n++) await chat.group(gone, [alice]);

    await erase(gone);
    await until(chat.isIdle);

    expect(await chat.ctx.chats.find(alone)).toMatchObject({ pair: null, participants: [expect.any(Object)] });
    expect(await chat.ctx.chats.find(away)).toBeUndefined();
    expect(await chat.list(partner)).toEqual([]);
    expect(contents(await chat.history(alice, group, '?limit=100'))).toEqual(Array.from({ length: 60 }, () => ''));
    expect(await chat.ctx.db.collection('chats').countDocuments({ 'participants.user_id': gone.id })).toBe(0);
  });
});

describe('who follows whom', () => {
  it('is known by the latest that is told', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    await chat.deliver(userProfileUpdated, { user_id: bob.id, allow_messages_from: 'followers', revision: 1 });
    const ask = () =>
      chat
        .as(alice)
        .post('/api/chats')
        .send({ type: 'group', participant_ids: [bob.id] });

    await chat.deliver(subscriptionRequestAccepted, aFollow(alice, bob, 3), { times: 2 });
    await chat.deliver(subscriptionRemoved, anUnfollow(alice, bob, { revision: 2 }));
    await ask().expect(201);
    await chat.deliver(subscriptionRemoved, anUnfollow(alice, bob, { revision: 4, wasPending: true }));
    await ask().expect(201);
    await chat.deliver(subscriptionRemoved, anUnfollow(alice, bob, { revision: 5 }), { times: 2 });

    await ask().expect(403);
  });
});
