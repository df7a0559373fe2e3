import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chatCreated, subscriptionRequestAccepted, userBlocked, userProfileUpdated } from '@commons/contracts';
import { anAdmin, anId, aUser, fakeClock } from '@commons/platform/testing';
import { aBlock, aFollow } from './relations.ts';
import { buildChat, ids, told, type ChatUnderTest } from './chat-service.ts';

let chat: ChatUnderTest;
const clock = fakeClock('2026-02-01T10:00:00.000Z');
beforeAll(async () => {
  chat = await buildChat({ clock });
});
afterAll(() => chat.stop());

const now = '2026-02-01T10:00:00.000Z';

describe('a direct chat', () => {
  it('is made once for two, whoever of them asks', async () => {
    const [alice, bob] = [chat.person(), chat.person()];

    const made = await chat
      .as(alice)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [bob.id] })
      .expect(201);

    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      type: 'direct',
      title: null,
      participants: [
        { user_id: alice.id, username: alice.username, role: 'member', joined_at: now },
        { user_id: bob.id, username: bob.username, role: 'member', joined_at: now },
      ],
      last_message: null,
      unread_count: 0,
      created_at: now,
      updated_at: now,
    });
    expect(made.headers['location']).toBe(`/api/chats/${made.body.id}`);
    const again = await chat
      .as(alice)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [bob.id] })
      .expect(200);
    const back = await chat
      .as(bob)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [alice.id, bob.id], title: 'Ignored' })
      .expect(200);
    expect([again.body, back.body]).toEqual([made.body, made.body]);
    expect(await told(chat, chatCreated, made.body.id)).toEqual([
      {
        chat_id: made.body.id,
        type: 'direct',
        title: null,
        project_id: null,
        created_by: alice.id,
        recipient_ids: [alice.id, bob.id],
      },
    ]);
  });

  it('names exactly one other user, who has an account', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const ask = (participant_ids: string[]) =>
      chat.as(alice).post('/api/chats').send({ type: 'direct', participant_ids });

    expect((await ask([alice.id]).expect(422)).body).toMatchObject({
      code: 'rule_broken',
      errors: [{ path: 'participant_ids', message: 'must name one other user for a direct chat' }],
    });
    await ask([bob.id, carol.id]).expect(422);
    expect((await ask([anId()]).expect(404)).body).toMatchObject({ code: 'user_not_found' });
  });
});

describe('a group', () => {
  it('has its maker as admin, each of the others once, and a title', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const participant_ids = [bob.id, alice.id, carol.id.toUpperCase(), bob.id];

    const { body } = await chat
      .as(alice)
      .post('/api/chats')
      .send({ type: 'group', participant_ids, title: ' Walkers ' })
      .expect(201);

    expect(body).toEqual({
      id: expect.any(String),
      type: 'group',
      title: 'Walkers',
      participants: [
        { user_id: alice.id, username: alice.username, role: 'admin', joined_at: now },
        { user_id: bob.id, username: bob.username, role: 'member', joined_at: now },
        { user_id: carol.id, username: carol.username, role: 'member', joined_at: now },
      ],
      last_message: null,
      unread_count: 0,
      created_at: now,
      updated_at: now,
    });
    expect(await told(chat, chatCreated, body.id)).toEqual([
      {
        chat_id: body.id,
        type: 'group',
        title: 'Walkers',
        project_id: null,
        created_by: alice.id,
        recipient_ids: ids([alice, bob, carol]),
      },
    ]);
    const untitled = await chat
      .as(alice)
      .post('/api/chats')
      .send({ type: 'group', participant_ids: [bob.id] });
    expect([untitled.status, untitled.body.title]).toEqual([201, null]);
    expect(untitled.body.id).not.toBe(body.id);
  });

  it('takes up to 500', async () => {
    const admin = chat.person();
    const others = Array.from({ length: 500 }, () => chat.person());

    const refusal = await chat
      .as(admin)
      .post('/api/chats')
      .send({ type: 'group', participant_ids: ids(others) })
      .expect(422);
    const { body } = await chat
      .as(admin)
      .post('/api/chats')
      .send({ type: 'group', participant_ids: ids(others.slice(1)) })
      .expect(201);

    expect(refusal.body).toMatchObject({ code: 'too_many_participants' });
    expect(body.participants).toHaveLength(500);
    const more = await chat
      .as(admin)
      .post(`/api/chats/${body.id}/participants`)
      .send({ user_ids: [others[0]!.id] })
      .expect(422);
    expect(more.body).toMatchObject({
      code: 'too_many_participants',
      errors: [{ path: 'user_ids', message: 'must not bring more than 0 into the group' }],
    });
  });
});

describe('what is asked in a wrong way', () => {
  it.each([
    [{}, 400],
    [{ type: 'direct' }, 400],
    [{ type: null, participant_ids: [anId()] }, 400],
    [{ type: 7, participant_ids: [anId()] }, 400],
    [{ type: 'club', participant_ids: [anId()] }, 422],
    [{ type: 'group', participant_ids: [] }, 422],
    [{ type: 'group', participant_ids: 'x' }, 400],
    [{ type: 'group', participant_ids: ['x'] }, 400],
    [{ type: 'group', participant_ids: [anId()], title: 7 }, 400],
    [{ type: 'group', participant_ids: [anId()], title: ' ' }, 422],
    [{ type: 'group', participant_ids: [anId()], title: 'x'.repeat(256) }, 422],
  ])('is refused: %j', async (body, status) => {
    const user = chat.person();

    await chat.as(user).post('/api/chats').send(body).expect(status);

    expect(await chat.list(user)).toEqual([]);
  });

  it('is a chat of a project, which nobody makes by hand', async () => {
    const refusal = await chat
      .as(anAdmin())
      .post('/api/chats')
      .send({ type: 'project', participant_ids: [anId()] })
      .expect(403);

    expect(refusal.body).toMatchObject({ code: 'project_chat' });
  });

  it('is anything that nobody asks', async () => {
    await chat
      .as()
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [anId()] })
      .expect(401);
    await chat.as().get('/api/chats').expect(401);
    await chat.as(aUser()).put('/api/chats').expect(405);
  });
});

describe('who does not want to be written to', () => {
  it('is not brought into a chat by somebody they block, or who blocks them', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    await chat.deliver(userBlocked, aBlock(alice, bob), { times: 2 });

    for (const [user, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      for (const type of ['direct', 'group']) {
        const refusal = await chat
          .as(user)
          .post('/api/chats')
          .send({ type, participant_ids: [other.id] })
          .expect(403);
        expect(refusal.body).toMatchObject({ code: 'blocked' });
      }
    }
    const chatId = await chat.group(bob, [carol]);
    const adding = await chat
      .as(bob)
      .post(`/api/chats/${chatId}/participants`)
      .send({ user_ids: [alice.id] });
    expect([adding.status, adding.body.code]).toEqual([403, 'blocked']);
  });

  it('may take messages from nobody, or from followers alone', async () => {
    const [shy, choosy, follower, stranger] = [chat.person(), chat.person(), chat.person(), chat.person()];
    const set = (user_id: string, allow_messages_from: 'nobody' | 'followers' | 'everyone', revision: number) =>
      chat.deliver(userProfileUpdated, { user_id, allow_messages_from, revision }, { times: 2 });
    await set(shy.id, 'nobody', 5);
    await set(shy.id, 'everyone', 4);
    await set(choosy.id, 'followers', 1);
    await chat.deliver(subscriptionRequestAccepted, aFollow(follower, choosy));
    const ask = (user: typeof shy, other: typeof shy, type = 'direct') =>
      chat
        .as(user)
        .post('/api/chats')
        .send({ type, participant_ids: [other.id] });

    expect((await ask(follower, shy)).body).toMatchObject({ status: 403, code: 'messages_not_taken' });
    expect((await ask(stranger, choosy)).body).toMatchObject({ status: 403, code: 'messages_not_taken' });
    await ask(stranger, choosy, 'group').expect(403);
    await ask(follower, choosy).expect(201);
    await ask(follower, choosy, 'group').expect(201);
    const chatId = await chat.group(stranger, [follower]);
    const adding = await chat
      .as(stranger)
      .post(`/api/chats/${chatId}/participants`)
      .send({ user_ids: [choosy.id] });
    expect([adding.status, adding.body.code]).toEqual([403, 'messages_not_taken']);
  });

  it('is still found in a chat that was there before, and may begin one', async () => {
    const [shy, friend, other] = [chat.person(), chat.person(), chat.person()];
    const chatId = await chat.direct(shy, friend);
    await chat.deliver(userProfileUpdated, { user_id: shy.id, allow_messages_from: 'nobody', revision: 1 });

    const { body } = await chat
      .as(friend)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [shy.id] })
      .expect(200);

    expect(body.id).toBe(chatId);
    await chat.say(friend, chatId, 'Still there?');
    await chat
      .as(shy)
      .post('/api/chats')
      .send({ type: 'direct', participant_ids: [other.id] })
      .expect(201);
  });
});

describe('a chat that is asked for twice at once', () => {
  it('is one', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const asked = await Promise.all(
      [
        [alice, bob],
        [bob, alice],
        [alice, bob],
        [bob, alice],
      ].map(([user, other]) => chat.direct(user!, other!)),
    );

    expect(new Set(asked).size).toBe(1);
    expect(await told(chat, chatCreated, asked[0]!)).toHaveLength(1);
  });

  it('is one by its Idempotency-Key', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const ask = () =>
      chat
        .as(alice)
        .post('/api/chats')
        .set('idempotency-key', 'a-group')
        .send({ type: 'group', participant_ids: [bob.id] })
        .expect(201);

    const [first, second] = [await ask(), await ask()];

    expect(second.body).toEqual(first.body);
    expect(await chat.list(bob)).toHaveLength(1);
  });
});
