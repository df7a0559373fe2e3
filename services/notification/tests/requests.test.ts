import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listUsers, notificationRequested, notificationSent, userDeleted } from '@commons/contracts';
import { ServiceUnavailable } from '@commons/platform';
import { aUser, anAdmin, anId, fakeCall, until, type TestUser } from '@commons/platform/testing';
import { Types } from 'mongoose';
import { buildNotification, type NotificationUnderTest } from './notification-service.ts';

type KnownUser = { id: string; status: 'active' | 'suspended' | 'deleted' };

let notification: NotificationUnderTest;
/** All users, as `auth` knows them. */
let users: KnownUser[] = [];
/** At which of its calls `auth` is away. */
let isAway = (_call: number): boolean => false;
let calls = 0;
beforeAll(async () => {
  const list = fakeCall(listUsers, ({ after = '', limit }) => {
    calls += 1;
    if (isAway(calls)) throw new ServiceUnavailable();
    const page = users
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => id > after)
      .slice(0, limit);
    return { users: page.map((user) => ({ ...user, username: 'x', username_revision: 1, roles: [] })) };
  });
  notification = await buildNotification({ fakes: [list] });
});
beforeEach(() => {
  users = [];
  isAway = () => false;
  calls = 0;
});
afterAll(() => notification.stop());

const asked = async (id: string) =>
  (await notification.published(notificationRequested)).filter(({ subject }) => subject === id).map(({ data }) => data);
const sent = async (message: string) =>
  (await notification.published(notificationSent))
    .map(({ data }) => data as { user_id: string; notification: { message: string } })
    .filter((data) => data.notification.message === message)
    .map(({ user_id }) => user_id);

const post = (as: TestUser | undefined, body: unknown) =>
  notification
    .as(as)
    .post('/api/notifications')
    .send(body as object);

describe('a request to notify', () => {
  it('is taken from an admin, told of, and carried out once for each user named', async () => {
    const admin = anAdmin();
    const [alice, bob] = [aUser(), aUser()];

    const { body } = await post(admin, {
      user_ids: [alice.id, bob.id.toUpperCase(), alice.id],
      type: 'SYSTEM',
      message: ' Down at noon ',
      params: { a: 1 },
      channels: ['in_app'],
    }).expect(202);

    expect(body).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), accepted: true });
    await until(() => notification.isIdle());
    for (const user of [alice, bob]) {
      expect(await notification.list(user)).toEqual([
        {
          id: expect.any(String),
          type: 'SYSTEM',
          message: 'Down at noon',
          data: { actor_id: null },
          read: false,
          created_at: expect.any(String),
        },
      ]);
    }
    expect(await asked(body.id as string)).toEqual([
      {
        v: 1,
        meta: { actor_id: admin.id, ip: '203.0.113.7', user_agent: 'jest' },
        request_id: body.id,
        type: 'SYSTEM',
        message: 'Down at noon',
        user_ids: [alice.id, bob.id],
        broadcast: false,
      },
    ]);
    expect((await sent('Down at noon')).toSorted()).toEqual([alice.id, bob.id].toSorted());
  });

  it('is taken from another service, without a token', async () => {
    const user = aUser();

    await notification
      .as()
      .post('/api/notifications')
      .set('dapr-caller-app-id', 'project')
      .send({ user_ids: [user.id], type: 'APPLICATION', message: 'Somebody applied' })
      .expect(202);

    await until(async () => (await notification.list(user)).length === 1);
    expect(await notification.list(user)).toEqual([
      expect.objectContaining({ type: 'APPLICATION', message: 'Somebody applied' }),
    ]);
  });

  it('is refused to users and to nobody, also by way of the gateway', async () => {
    const body = { user_ids: [anId()], type: 'SYSTEM', message: 'a' };

    await post(aUser(), body).expect(403);
    await post(undefined, body).expect(401);
    await post(undefined, {}).expect(401);
    await post(undefined, body).set('dapr-caller-app-id', 'gateway').expect(401);
    await post(aUser(), body).set('dapr-caller-app-id', 'project').expect(403);
  });

  it('has one effect for one Idempotency-Key', async () => {
    const [admin, user] = [anAdmin(), aUser()];
    const send = () =>
      post(admin, { user_ids: [user.id], type: 'SYSTEM', message: 'once' })
        .set('idempotency-key', 'k')
        .expect(202);

    const [first, second] = [await send(), await send()];

    expect(second.body).toEqual(first.body);
    await until(() => notification.isIdle());
    expect(await notification.list(user)).toHaveLength(1);
  });

  it('reaches all users but deleted ones by a broadcast, page by page, each once, though `auth` is away in between', async () => {
    users = Array.from({ length: 260 }, (_, index) => ({
      id: anId(),
      status: index % 100 === 7 ? 'deleted' : index % 100 === 8 ? 'suspended' : 'active',
    }));
    isAway = (call) => call === 2 || call === 3;

    await post(anAdmin(), { broadcast: true, type: 'SYSTEM', message: 'To all' }).expect(202);

    await until(() => notification.isIdle());
    const told = users.filter(({ status }) => status !== 'deleted').map(({ id }) => id);
    expect((await sent('To all')).toSorted()).toEqual(told.toSorted());
    expect(await notification.list(aUser({ id: told[0]! }))).toHaveLength(1);
    expect(calls).toBe(5);
  });

  it('reaches each of many users named', async () => {
    const ids = Array.from({ length: 510 }, () => anId());

    await post(anAdmin(), { user_ids: ids, type: 'SYSTEM', message: 'To many' }).expect(202);

    await until(() => notification.isIdle());
    expect((await sent('To many')).toSorted()).toEqual(ids.toSorted());
  });

  it('leaves out who has been erased', async () => {
    const [gone, stays] = [aUser(), aUser()];
    await notification.deliver(userDeleted, { user_id: gone.id });

    await post(anAdmin(), { user_ids: [gone.id, stays.id], type: 'SYSTEM', message: 'Who is there' }).expect(202);

    await until(() => notification.isIdle());
    expect(await sent('Who is there')).toEqual([stays.id]);
  });

  it('takes back what it told somebody who was erased at that very moment', async () => {
    users = [
      { id: `0${anId().slice(1)}`, status: 'active' },
      ...Array.from({ length: 260 }, () => ({ id: `f${anId().slice(1)}`, status: 'active' as const })),
    ];
    isAway = (call) => call > 1;
    const first = aUser({ id: users[0]!.id });
    await post(anAdmin(), { broadcast: true, type: 'SYSTEM', message: 'Just now' }).expect(202);
    await until(async () => (await notification.list(first)).length === 1);

    const erasure = { $set: { username: null, username_revision: 1, erased_at: new Date() } };
    const people = notification.ctx.db.collection('people');
    await people.updateOne({ _id: new Types.ObjectId(first.id) }, erasure, { upsert: true });
    isAway = () => false;

    await until(() => notification.isIdle());
    expect(await notification.list(first)).toEqual([]);
  });
});

describe('what is no request', () => {
  const user_ids = ['66f2a1b0c3d4e5f60718293a'];
  const whole = { user_ids, type: 'SYSTEM', message: 'a' };

  it.each([
    ['nothing', {}],
    ['no type', { user_ids, message: 'a' }],
    ['no message', { user_ids, type: 'SYSTEM' }],
    ['nobody to tell', { type: 'SYSTEM', message: 'a' }],
    ['nobody to tell and no broadcast', { type: 'SYSTEM', message: 'a', broadcast: false }],
    ['null for users', { ...whole, user_ids: null }],
    ['a word for users', { ...whole, user_ids: 'all' }],
    ['a user that is no id', { ...whole, user_ids: ['x'] }],
    ['a number for the message', { ...whole, message: 5 }],
    ['a word for broadcast', { ...whole, broadcast: 'yes' }],
    ['a list', []],
  ])('answers 400 to %s', async (_what, body) => {
    expect((await post(anAdmin(), body).expect(400)).body).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each([
    ['an unknown type', { ...whole, type: 'LIKES' }, 'rule_broken'],
    ['an empty message', { ...whole, message: '  ' }, 'rule_broken'],
    ['a message of 1,001 characters', { ...whole, message: 'a'.repeat(1_001) }, 'rule_broken'],
    ['no users in the list', { ...whole, user_ids: [] }, 'rule_broken'],
    ['1,001 users', { ...whole, user_ids: Array<string>(1_001).fill(user_ids[0]!) }, 'rule_broken'],
    ['users and a broadcast', { ...whole, broadcast: true }, 'rule_broken'],
    ['an unknown channel', { ...whole, channels: ['pigeon'] }, 'rule_broken'],
    ['no channel', { ...whole, channels: [] }, 'rule_broken'],
    ['a channel that is to come', { ...whole, channels: ['in_app', 'email'] }, 'channel_not_available'],
    ['a template', { user_ids, type: 'SYSTEM', template: 'welcome' }, 'templates_not_available'],
  ])('answers 422 to %s', async (_what, body, code) => {
    expect((await post(anAdmin(), body).expect(422)).body).toMatchObject({ status: 422, code });
  });
});

describe('what is to come', () => {
  it.each(['push/public-key', 'preferences/x/y'])('is not there yet: %s', async (path) => {
    await notification.as(aUser()).get(`/api/notifications/${path}`).expect(404);
  });
});
