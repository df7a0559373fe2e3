import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  subscriptionRemoved,
  subscriptionRequestAccepted,
  subscriptionRequestDeclined,
  subscriptionRequestSent,
} from '@commons/contracts';
import { aUser, fakeClock } from '@commons/platform/testing';
import { aSubscription, buildNotification, type NotificationUnderTest } from './notification-service.ts';

const HOUR = 60 * 60_000;
const clock = fakeClock();
let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification({ clock });
});
afterAll(() => notification.stop());

const told = async (user: ReturnType<typeof aUser>) =>
  (await notification.list(user)).map(({ type, message }) => [type, message]);

describe('a new follower', () => {
  it('is told to whom they follow, once, however often it is told of', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const event = aSubscription(bob, alice).followed();

    await notification.deliver(subscriptionRequestAccepted, event, { times: 3 });
    await notification.deliver(subscriptionRequestAccepted, event);

    const list = await notification.list(alice);
    expect(list).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        type: 'FOLLOW',
        message: `${bob.username} follows you`,
        data: { actor_id: bob.id },
        read: false,
        created_at: clock.now().toISOString(),
      },
    ]);
    expect(await notification.sentTo(alice)).toEqual(list);
    expect(await notification.list(bob)).toEqual([]);
  });

  it('who goes takes the notification away, and who comes back within a day is not told of again', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    await notification.deliver(subscriptionRequestAccepted, pair.followed());
    const [before] = await notification.list(alice);
    await notification.as(alice).patch(`/api/notifications/${before?.id}/mark-read`).expect(200);
    clock.advance(HOUR);

    await notification.deliver(subscriptionRemoved, pair.ended(), { times: 2 });
    expect([await notification.list(alice), await notification.unread(alice)]).toEqual([[], 0]);

    await notification.deliver(subscriptionRequestAccepted, pair.followed(), { times: 2 });
    expect(await notification.list(alice)).toEqual([{ ...before, read: true }]);
    expect(await notification.sentTo(alice)).toHaveLength(1);
  });

  it('who comes back a day later is told of anew', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    await notification.deliver(subscriptionRequestAccepted, pair.followed());
    await notification.deliver(subscriptionRemoved, pair.ended());
    clock.advance(24 * HOUR);

    await notification.deliver(subscriptionRequestAccepted, pair.followed());

    expect(await told(alice)).toEqual([['FOLLOW', `${bob.username} follows you`]]);
    expect(await notification.sentTo(alice)).toHaveLength(2);
  });

  it('is told of once where the end in between is late, or was never heard of', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    const [first, end, second] = [pair.followed(), pair.ended(), pair.followed()];

    await notification.deliver(subscriptionRequestAccepted, second);
    await notification.deliver(subscriptionRequestAccepted, first);
    await notification.deliver(subscriptionRemoved, end);
    expect(await told(alice)).toEqual([['FOLLOW', `${bob.username} follows you`]]);

    clock.advance(25 * HOUR);
    await notification.deliver(subscriptionRequestAccepted, pair.followed());
    expect(await told(alice)).toEqual([['FOLLOW', `${bob.username} follows you`]]);
    expect(await notification.sentTo(alice)).toHaveLength(2);
  });

  it('is not told of where the end comes first', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    const [beginning, end] = [pair.followed(), pair.ended()];

    await notification.deliver(subscriptionRemoved, end, { times: 2 });
    await notification.deliver(subscriptionRequestAccepted, beginning, { times: 2 });

    expect([await notification.list(alice), await notification.sentTo(alice)]).toEqual([[], []]);
  });

  it('and who follows back are told of apart', async () => {
    const [bob, alice] = [aUser(), aUser()];

    await notification.deliver(subscriptionRequestAccepted, aSubscription(bob, alice).followed());
    await notification.deliver(subscriptionRequestAccepted, aSubscription(alice, bob).followed());

    expect([await told(alice), await told(bob)]).toEqual([
      [['FOLLOW', `${bob.username} follows you`]],
      [['FOLLOW', `${alice.username} follows you`]],
    ]);
  });

  it('is one notification after a whole storm in any order', async () => {
    const alice = aUser();
    const fans = Array.from({ length: 8 }, () => aUser());
    const events = fans.flatMap((fan, index) => {
      const pair = aSubscription(fan, alice);
      return [
        { event: subscriptionRequestAccepted, data: pair.followed() },
        { event: subscriptionRemoved, data: pair.ended() },
        ...(index % 2 === 0 ? [{ event: subscriptionRequestAccepted, data: pair.followed() }] : []),
      ];
    });
    const shuffled = events.toSorted((a, b) => ((a.data.revision * 7) % 5) - ((b.data.revision * 7) % 5));

    await Promise.all(shuffled.map(({ event, data }) => notification.deliver(event, data as never)));

    expect((await told(alice)).toSorted()).toEqual(
      fans
        .filter((_, index) => index % 2 === 0)
        .map(({ username }) => ['FOLLOW', `${username} follows you`])
        .toSorted(),
    );
  });
});

describe('a request to follow', () => {
  it('is told to whom it is made, once', async () => {
    const [bob, alice] = [aUser(), aUser()];

    await notification.deliver(subscriptionRequestSent, aSubscription(bob, alice).asked(), { times: 2 });

    const list = await notification.list(alice);
    expect(list).toEqual([
      {
        id: expect.any(String),
        type: 'FOLLOW_REQUEST',
        message: `${bob.username} asks to follow you`,
        data: { actor_id: bob.id },
        read: false,
        created_at: clock.now().toISOString(),
      },
    ]);
    expect(await notification.sentTo(alice)).toEqual(list);
    expect(await notification.list(bob)).toEqual([]);
  });

  it('that is granted goes, and is told to who made it', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    await notification.deliver(subscriptionRequestSent, pair.asked());

    await notification.deliver(subscriptionRequestAccepted, pair.admitted(), { times: 2 });

    expect(await notification.list(alice)).toEqual([]);
    const list = await notification.list(bob);
    expect(list).toEqual([
      {
        id: expect.any(String),
        type: 'FOLLOW',
        message: `${alice.username} accepted your request to follow them`,
        data: { actor_id: alice.id },
        read: false,
        created_at: clock.now().toISOString(),
      },
    ]);
    expect(await notification.sentTo(bob)).toEqual(list);
  });

  it('is not told of once it has been granted, and what was granted goes with its end', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    const [asked, admitted, ended] = [pair.asked(), pair.admitted(), pair.ended()];

    await notification.deliver(subscriptionRequestAccepted, admitted);
    await notification.deliver(subscriptionRequestSent, asked, { times: 2 });
    expect([await told(alice), await told(bob)]).toEqual([
      [],
      [['FOLLOW', `${alice.username} accepted your request to follow them`]],
    ]);

    await notification.deliver(subscriptionRemoved, ended, { times: 2 });
    await notification.deliver(subscriptionRequestAccepted, admitted);
    expect([await told(alice), await told(bob)]).toEqual([[], []]);
    expect(await notification.sentTo(alice)).toEqual([]);
  });

  it('that is declined goes, in whatever order it is told of, and one made again within the day is not told of again', async () => {
    const [bob, carol, alice] = [aUser(), aUser(), aUser()];
    const [bobs, carols] = [aSubscription(bob, alice), aSubscription(carol, alice)];
    const late = carols.asked();
    await notification.deliver(subscriptionRequestSent, bobs.asked());
    const [before] = await notification.list(alice);

    await notification.deliver(subscriptionRequestDeclined, bobs.declined(), { times: 2 });
    await notification.deliver(subscriptionRequestDeclined, carols.declined(), { times: 2 });
    await notification.deliver(subscriptionRequestSent, late);
    expect([await told(alice), await told(bob), await told(carol)]).toEqual([[], [], []]);

    await notification.deliver(subscriptionRequestSent, bobs.asked());
    expect(await notification.list(alice)).toEqual([before]);
    expect(await notification.sentTo(alice)).toHaveLength(1);
  });

  it('that is taken back goes, in whatever order it is told of', async () => {
    const [bob, carol, alice] = [aUser(), aUser(), aUser()];
    const [bobs, carols] = [aSubscription(bob, alice), aSubscription(carol, alice)];
    const late = carols.asked();
    await notification.deliver(subscriptionRequestSent, bobs.asked());

    await notification.deliver(subscriptionRemoved, bobs.askedNoMore(), { times: 2 });
    await notification.deliver(subscriptionRemoved, carols.askedNoMore(), { times: 2 });
    await notification.deliver(subscriptionRequestSent, late);

    expect([await told(alice), await notification.unread(alice)]).toEqual([[], 0]);
  });

  it('gives way to what follows without one', async () => {
    const [bob, alice] = [aUser(), aUser()];
    const pair = aSubscription(bob, alice);
    await notification.deliver(subscriptionRequestSent, pair.asked());

    await notification.deliver(subscriptionRequestAccepted, pair.followed());

    expect(await told(alice)).toEqual([['FOLLOW', `${bob.username} follows you`]]);
  });

  it('is among those of its type alone', async () => {
    const [bob, carol, alice] = [aUser(), aUser(), aUser()];
    await notification.deliver(subscriptionRequestSent, aSubscription(bob, alice).asked());
    await notification.deliver(subscriptionRequestAccepted, aSubscription(carol, alice).followed());

    const [requests, follows] = [
      await notification.list(alice, '?type=FOLLOW_REQUEST'),
      await notification.list(alice, '?type=FOLLOW'),
    ];

    expect([requests, follows].map((list) => list.map(({ data }) => data.actor_id))).toEqual([[bob.id], [carol.id]]);
  });
});
