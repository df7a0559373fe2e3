import { notificationSent, type EventData } from '@commons/contracts';
import { aUser, anId } from '@commons/platform/testing';
import { afterEach, expect, it } from '@jest/globals';
import { addReplica, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const realtime = realtimeOf();
afterEach(endSockets);

const sent = (
  user_id: string,
  channel: 'in_app' | 'email' | 'push' = 'in_app',
): EventData<typeof notificationSent> => ({
  user_id,
  channel,
  notification: {
    id: anId(),
    type: 'LIKE',
    message: 'bob likes your post',
    data: { post_id: anId(), actor_id: anId() },
    read: false,
    created_at: '2026-01-31T09:30:00.000Z',
  },
});

it('shows a notification at once to its owner, at every place, and to nobody else', async () => {
  const { built } = realtime;
  const [alice, bob] = [aUser(), aUser()];
  const [phone, desk, his] = [await built.socketOf(alice), await built.socketOf(alice), await built.socketOf(bob)];
  const data = sent(alice.id);

  await built.deliver(notificationSent, data, { id: 'event-1' });

  const frame = { type: 'notification.created', id: 'event-1', data: data.notification };
  await phone.received('notification.created');
  await desk.received('notification.created');
  await his.ask('ping');
  expect([phone.frames, desk.frames, his.frames]).toEqual([[frame], [frame], [{ type: 'pong', id: 'asked-1' }]]);
});

it('shows none that went out by mail or push', async () => {
  const { built } = realtime;
  const alice = aUser();
  const socket = await built.socketOf(alice);

  await built.deliver(notificationSent, sent(alice.id, 'email'));
  await built.deliver(notificationSent, sent(alice.id, 'push'));

  await socket.ask('ping');
  expect(socket.frames.map(({ type }) => type)).toEqual(['pong']);
});

it('gives a repeated one the same id, by which a client knows it', async () => {
  const { built } = realtime;
  const alice = aUser();
  const socket = await built.socketOf(alice);

  await built.deliver(notificationSent, sent(alice.id), { id: 'event-2', times: 2 });

  expect((await socket.received('notification.created', 2)).map(({ id }) => id)).toEqual(['event-2', 'event-2']);
});

it('reaches whoever is connected at any replica', async () => {
  const { built } = realtime;
  const replica = await addReplica(built);
  const alice = aUser();
  const here = await built.socketOf(alice);
  const there = await openSocket(replica.port, { token: built.tokenFor(alice) });

  await built.deliver(notificationSent, sent(alice.id));

  expect([await here.received('notification.created'), await there.received('notification.created')]).toEqual([
    [expect.objectContaining({ type: 'notification.created' })],
    [expect.objectContaining({ type: 'notification.created' })],
  ]);
  endSockets();
  await replica.stop();
});

it('leaves no trace of what it heard in the database', async () => {
  const { built } = realtime;
  await built.deliver(notificationSent, sent(aUser().id), { id: 'event-3' });

  expect(await built.ctx.db.collection('inbox').countDocuments({ _id: 'event-3' as never })).toBe(0);
});
