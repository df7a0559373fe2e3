import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chatRead,
  messageDeleted,
  messageSent,
  participantAdded,
  participantRemoved,
  userBlocked,
  userDataErased,
  userDeleted,
  type ChatType,
  type EventData,
} from '@commons/contracts';
import { anId, aUser, fakeClock, until, type TestUser } from '@commons/platform/testing';
import { aBlock, buildNotification, type NotificationUnderTest } from './notification-service.ts';

let notification: NotificationUnderTest;
const clock = fakeClock('2026-02-01T10:00:00.000Z');
beforeAll(async () => {
  notification = await buildNotification({ clock });
});
afterAll(() => notification.stop());

/** A chat, and what is told of it. */
function aChat(
  users: TestUser[],
  { type = 'group', title = 'Walkers' }: { type?: ChatType; title?: string | null } = {},
) {
  const chat_id = anId();
  const recipient_ids = users.map(({ id }) => id);
  const message = (author: TestUser, seq: number): EventData<typeof messageSent>['message'] => ({
    id: anId(),
    chat_id,
    seq,
    author_id: author.id,
    content: 'Hello',
    media: [],
    reply_to: null,
    created_at: clock.now().toISOString(),
    edited_at: null,
    deleted: false,
    read_by_count: 0,
  });
  return {
    id: chat_id,
    send: (author: TestUser, seq: number) =>
      notification.deliver(
        messageSent,
        {
          message: message(author, seq),
          revision: 0,
          author_username: author.username,
          chat_type: type,
          chat_title: title,
          client_id: null,
          recipient_ids,
        },
        { times: 2 },
      ),
    read: (user: TestUser, seq: number) =>
      notification.deliver(chatRead, { chat_id, user_id: user.id, seq, recipient_ids }, { times: 2 }),
    remove: (author: TestUser, seq: number) =>
      notification.deliver(
        messageDeleted,
        { message: { ...message(author, seq), content: '', deleted: true }, revision: 1, recipient_ids },
        { times: 2 },
      ),
    move: (user: TestUser, revision: number, isIn: boolean) =>
      isIn
        ? notification.deliver(participantAdded, { chat_id, user_id: user.id, role: 'member', revision, recipient_ids })
        : notification.deliver(participantRemoved, { chat_id, user_id: user.id, revision, recipient_ids }),
  };
}

const texts = async (user: TestUser) => (await notification.list(user)).map(({ message }) => message);

describe('messages of a chat', () => {
  it('are one notification until they are read, which grows and goes out once', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob], { type: 'direct', title: null });

    await chat.send(alice, 1);
    const [first] = await notification.list(bob);
    clock.advance(1_000);
    await chat.send(alice, 2);
    await chat.send(alice, 3);

    expect(first).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      type: 'MESSAGE',
      message: `${alice.username} sent you a message`,
      data: { chat_id: chat.id, actor_id: alice.id },
      read: false,
      created_at: '2026-02-01T10:00:00.000Z',
    });
    expect(await notification.list(bob)).toEqual([
      { ...first, message: `${alice.username} sent you 3 messages`, created_at: '2026-02-01T10:00:01.000Z' },
    ]);
    expect(await notification.unread(bob)).toBe(1);
    expect(await notification.list(alice)).toEqual([]);
    expect(await notification.sentTo(bob)).toEqual([first]);
  });

  it('are gone when they are read, and tell anew of what comes then', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob], { type: 'direct', title: null });
    for (const seq of [1, 2, 3]) await chat.send(alice, seq);

    await chat.read(bob, 2);
    expect(await texts(bob)).toEqual([`${alice.username} sent you a message`]);
    await chat.read(bob, 3);
    expect([await texts(bob), await notification.unread(bob)]).toEqual([[], 0]);
    await chat.send(alice, 4);

    expect([await texts(bob), await notification.unread(bob)]).toEqual([[`${alice.username} sent you a message`], 1]);
    expect(await notification.sentTo(bob)).toHaveLength(2);
  });

  it('are not told of to whoever has read them already, in whatever order that is heard of', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob]);

    await chat.read(bob, 2);
    await chat.read(bob, 1);
    await chat.send(alice, 2);
    await chat.send(alice, 1);

    expect([await texts(bob), await notification.sentTo(bob)]).toEqual([[], []]);
  });

  it('of a group name it, and the latest who wrote', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const [named, unnamed] = [aChat([alice, bob, carol]), aChat([alice, bob, carol], { title: null })];

    await unnamed.send(alice, 1);
    await named.send(alice, 1);
    const one = await texts(carol);
    await named.send(bob, 3);
    await named.send(alice, 2);

    expect(one).toEqual([`${alice.username} wrote in Walkers`, `${alice.username} wrote in a group`]);
    expect((await texts(carol))[0]).toBe(`3 new messages in Walkers, the latest by ${bob.username}`);
    expect((await texts(alice))[0]).toBe(`${bob.username} wrote in Walkers`);
  });

  it('are counted up to a hundred', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob]);
    await chat.send(alice, 1);
    const entry = { seq: 1, author_id: alice.id, at: clock.now() };
    const unread = Array.from({ length: 100 }, (_, n) => ({ ...entry, seq: n + 1 }));
    await notification.ctx.db
      .collection('notifications')
      .updateOne({ key: `chat:${chat.id}:${bob.id}` }, { $set: { unread } });

    await chat.send(alice, 101);

    expect(await texts(bob)).toEqual([`100 or more new messages in Walkers, the latest by ${alice.username}`]);
  });

  it('stay unread when the notification alone was marked as read, and more come', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob]);
    await chat.send(alice, 1);
    await notification.as(bob).post('/api/notifications/mark-all-read').expect(200);
    expect(await notification.unread(bob)).toBe(0);

    await chat.send(alice, 2);

    expect(await notification.unread(bob)).toBe(1);
    expect(await texts(bob)).toEqual([`2 new messages in Walkers, the latest by ${alice.username}`]);
  });

  it('that are deleted are told of no more', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const chat = aChat([alice, bob, carol]);
    await chat.send(alice, 1);
    await chat.send(bob, 2);

    await chat.remove(bob, 2);
    expect(await texts(carol)).toEqual([`${alice.username} wrote in Walkers`]);
    await chat.remove(alice, 1);

    expect([await texts(carol), await notification.unread(carol)]).toEqual([[], 0]);
  });

  it('reach a group of five hundred', async () => {
    const [alice, ...others] = Array.from({ length: 500 }, () => aUser()) as [TestUser, ...TestUser[]];
    const chat = aChat([alice, ...others]);

    await chat.send(alice, 1);

    expect(await texts(others.at(-1)!)).toEqual([`${alice.username} wrote in Walkers`]);
    const { db } = notification.ctx;
    expect(
      await db.collection('notifications').countDocuments({ key: new RegExp(`^chat:${chat.id}`), listed: true }),
    ).toBe(499);
  });
});

describe('whoever is in the chat no more', () => {
  it('is told of nothing, until they come back, in whatever order that is heard of', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const chat = aChat([alice, bob]);
    await chat.send(alice, 1);

    await chat.move(bob, 3, false);
    await chat.move(bob, 2, true);
    await chat.send(alice, 2);
    expect(await texts(bob)).toEqual([]);
    await chat.move(bob, 4, true);
    await chat.move(bob, 3, false);
    await chat.send(alice, 3);

    expect(await texts(bob)).toEqual([`${alice.username} wrote in Walkers`]);
  });
});

describe('between two of whom one blocks the other', () => {
  it('messages in a group are told of to everybody else, and what was told goes', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const chat = aChat([alice, bob, carol]);
    await chat.send(alice, 1);
    await chat.send(carol, 2);

    await notification.deliver(userBlocked, aBlock(bob, alice)());
    await until(notification.isIdle);
    await chat.send(alice, 3);
    await chat.send(bob, 4);

    expect(await texts(bob)).toEqual([`${carol.username} wrote in Walkers`]);
    expect(await texts(alice)).toEqual([`${carol.username} wrote in Walkers`]);
    expect(await texts(carol)).toEqual([`3 new messages in Walkers, the latest by ${bob.username}`]);
  });
});

describe('a deleted user', () => {
  it('is gone from notifications of messages, as author and as reader, and stays so', async () => {
    const [gone, bob, carol] = [aUser(), aUser(), aUser()];
    const chat = aChat([gone, bob, carol]);
    await chat.send(gone, 1);
    await chat.send(carol, 2);
    await chat.send(gone, 3);

    await notification.deliver(userDeleted, { user_id: gone.id }, { times: 2 });
    await until(async () => (await notification.published(userDataErased)).some(({ subject }) => subject === gone.id));
    await chat.send(gone, 4);
    await chat.read(gone, 3);
    await chat.move(gone, 9, false);
    await chat.send(bob, 5);

    expect([await texts(bob), await texts(carol), await texts(gone)]).toEqual([
      [`${carol.username} wrote in Walkers`],
      [`${bob.username} wrote in Walkers`],
      [],
    ]);
    expect(JSON.stringify(await notification.ctx.db.collection('notifications').find().toArray())).not.toContain(
      gone.id,
    );
  });
});
