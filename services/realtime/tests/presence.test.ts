import { chatCreated, participantAdded, presenceChanged, userDeleted, userProfileUpdated } from '@commons/contracts';
import { listProfileReferences, type ProfileReference } from '@commons/contracts';
import { aUser, anAdmin, anId, fakeCall, until, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeChats } from './fake-chats.ts';
import { addReplica, fakePosts, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket, type TestSocket } from './test-socket.ts';

const chats = fakeChats();
const profiles: ProfileReference[] = [];
const fakeProfiles = fakeCall(listProfileReferences, ({ after = '', limit }) => ({
  profiles: profiles.filter(({ user_id }) => user_id > after).slice(0, limit),
}));
const realtime = realtimeOf({ fakes: [fakePosts(), fakeProfiles, ...chats.calls] });
afterEach(endSockets);

const presencesIn = (socket: TestSocket) =>
  socket.frames.filter(({ type }) => type === 'presence').map(({ data }) => [data.user_id, data.online]);

/** Waits until somebody's presence is noted. */
async function noted({ id }: TestUser, isShown: boolean): Promise<void> {
  const { ctx } = realtime.built;
  await until(async () => ((await ctx.presences.shownAmong([id])).length === 1) === isShown, 'the presence');
  await realtime.built.settled();
}

/** Opens a WebSocket of somebody who is seen to be there. */
async function present(user: TestUser): Promise<TestSocket> {
  const socket = await realtime.built.socketOf(user);
  await noted(user, true);
  return socket;
}

async function leave(socket: TestSocket): Promise<void> {
  socket.raw.close();
  await socket.closed;
}

describe('somebody who comes and goes', () => {
  it('is shown to those who share a chat with them, and to nobody else', async () => {
    const [alice, bob, eve] = [aUser(), aUser(), aUser()];
    chats.open([alice.id, bob.id]);
    chats.open([eve.id]);
    const [his, hers] = [await present(bob), await present(eve)];

    const socket = await present(alice);
    await his.received('presence', 1);
    await leave(socket);

    await his.received('presence', 2);
    await noted(alice, false);
    await hers.ask('ping');
    expect([presencesIn(his), presencesIn(hers)]).toEqual([
      [
        [alice.id, true],
        [alice.id, false],
      ],
      [],
    ]);
  });

  it('at several places is there once, until the last has closed', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const [alice, bob] = [aUser(), aUser()];
    chats.open([alice.id, bob.id]);
    const his = await present(bob);
    const [phone, desk] = [await present(alice), await built.socketOf(alice)];
    const there = await openSocket(replica.port, { token: built.tokenFor(alice) });
    await until(async () => (await built.ctx.presences.find([alice.id])).get(alice.id)?.replicas.length === 2);

    await leave(phone);
    await leave(there);
    await until(async () => (await built.ctx.presences.find([alice.id])).get(alice.id)?.replicas.length === 1);
    await built.settled();
    expect(presencesIn(his)).toEqual([[alice.id, true]]);
    await leave(desk);

    await his.received('presence', 2);
    expect(presencesIn(his)).toEqual([
      [alice.id, true],
      [alice.id, false],
    ]);
    endSockets();
    await replica.stop();
  });

  it('is told who is there, at every replica', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const [alice, bob, carol, dave, eve] = [aUser(), aUser(), aUser(), aUser(), aUser()];
    chats.open([alice.id, bob.id, dave.id]);
    chats.open([alice.id, carol.id]);
    await present(bob);
    await openSocket(replica.port, { token: built.tokenFor(carol) });
    await noted(carol, true);
    await present(eve);

    const socket = await built.socketOf(alice);

    await socket.received('presence', 2);
    await noted(alice, true);
    await socket.ask('ping');
    expect(presencesIn(socket).sort()).toEqual(
      [
        [bob.id, true],
        [carol.id, true],
      ].sort(),
    );
    endSockets();
    await replica.stop();
  });

  it('is shown in the order in which it was, whatever the order of the events', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    const his = await built.socketOf(bob);
    const change = (online: boolean, revision: number) => ({
      ...{ user_id: alice.id, online, revision, recipient_ids: [bob.id] },
    });

    await built.deliver(presenceChanged, change(true, 3), { times: 2 });
    await built.deliver(presenceChanged, change(false, 2));
    await built.deliver(presenceChanged, change(false, 4));
    await built.deliver(presenceChanged, change(true, 1));

    await his.received('presence', 2);
    await his.ask('ping');
    expect(his.frames.slice(0, 2)).toEqual([
      { type: 'presence', id: `${alice.id}:3`, data: { user_id: alice.id, online: true } },
      { type: 'presence', id: `${alice.id}:4`, data: { user_id: alice.id, online: false } },
    ]);
    expect(presencesIn(his)).toHaveLength(2);
  });

  it('is noted and shown as soon as the chats are back, where they were away', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    chats.open([alice.id, bob.id]);
    await present(bob);
    const undo = built.harness.faults.fail(
      { on: 'invocation', app: 'chat' },
      { message: "couldn't find service: chat" },
    );
    const socket = await built.socketOf(alice);
    await socket.ask('ping');
    undo();

    expect(await socket.received('presence')).toMatchObject([{ data: { user_id: bob.id, online: true } }]);
    await noted(alice, true);
  });
});

describe('those who share a chat from now on', () => {
  it('are told of each other when it is made', async () => {
    const { built } = realtime;
    const [alice, bob, eve] = [aUser(), aUser(), aUser()];
    const [hers, his] = [await present(alice), await present(bob)];
    const chat = chats.open([alice.id, bob.id, eve.id]);
    const event = { chat_id: chat, type: 'group' as const, title: null, project_id: null, created_by: alice.id };

    await built.deliver(chatCreated, { ...event, recipient_ids: [alice.id, bob.id, eve.id] }, { times: 2 });

    await hers.received('presence');
    await his.received('presence');
    expect([presencesIn(hers), presencesIn(his)]).toEqual([[[bob.id, true]], [[alice.id, true]]]);
  });

  it('are told of somebody who comes to it, and they of the others', async () => {
    const { built } = realtime;
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const [hers, his] = [await present(alice), await present(bob)];
    const chat = chats.open([alice.id, bob.id, carol.id]);
    const event = { chat_id: chat, user_id: bob.id, revision: 2, role: 'member' as const };

    await built.deliver(participantAdded, { ...event, recipient_ids: [alice.id, bob.id, carol.id] }, { times: 2 });

    await hers.received('presence');
    await his.received('presence');
    expect([presencesIn(hers), presencesIn(his)]).toEqual([[[bob.id, true]], [[alice.id, true]]]);
  });
});

describe('somebody who does not show that they are there', () => {
  const shows = (user: TestUser, show_online: boolean, revision: number) => ({
    ...{ user_id: user.id, show_online, revision },
  });

  it('is not shown, neither when they come nor to those who come', async () => {
    const { built } = realtime;
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    chats.open([alice.id, bob.id, carol.id]);
    await built.deliver(userProfileUpdated, shows(alice, false, 1), { times: 2 });
    const his = await present(bob);
    await built.socketOf(alice);
    await until(async () => (await built.ctx.presences.find([alice.id])).get(alice.id)?.replicas.length === 1);

    const hers = await present(carol);

    await hers.received('presence');
    await his.received('presence');
    expect([presencesIn(his), presencesIn(hers)]).toEqual([[[carol.id, true]], [[bob.id, true]]]);
  });

  it('seems to go when they say so, and to come when they take it back; what is older does not count', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    chats.open([alice.id, bob.id]);
    const his = await present(bob);
    await present(alice);

    await built.deliver(userProfileUpdated, shows(alice, false, 5));
    await built.deliver(userProfileUpdated, shows(alice, true, 4));
    await built.deliver(userProfileUpdated, { user_id: alice.id, username: 'al', username_revision: 9 });
    await his.received('presence', 2);
    await built.deliver(userProfileUpdated, shows(alice, true, 6));

    await his.received('presence', 3);
    expect(presencesIn(his)).toEqual([
      [alice.id, true],
      [alice.id, false],
      [alice.id, true],
    ]);
  });

  it('is asked for anew of their profile where the copy is suspected to be wrong', async () => {
    const { built } = realtime;
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    await built.deliver(userProfileUpdated, shows(alice, true, 3));
    await built.deliver(userProfileUpdated, shows(carol, false, 2));
    const profile = (user: TestUser, show_online: boolean, revision: number): ProfileReference => ({
      ...{ user_id: user.id, nickname: null, avatar_url: null, show_online, revision },
      ...{ visibility: 'public', allow_messages_from: 'everyone' },
    });
    profiles.push(profile(alice, false, 3), profile(bob, false, 1), profile(carol, true, 1), profile(aUser(), true, 1));
    profiles.sort((a, b) => (a.user_id < b.user_id ? -1 : 1));
    const path = '/api/admin/services/realtime/rebuild';

    await built.as(anAdmin()).post(path).expect(202);

    await until(async () => !(await built.as(anAdmin()).get(path)).body.running, 'the rebuild');
    expect((await built.as(anAdmin()).get(path)).body).toMatchObject({
      results: [{ name: 'visibility', checked: 4, corrected: 2 }],
      error: null,
    });
    const found = await built.ctx.presences.find([alice.id, bob.id, carol.id]);
    expect([alice, bob, carol].map(({ id }) => found.get(id)?.isHidden)).toEqual([true, true, true]);
  });
});

describe('a deleted user', () => {
  it('is gone for the others, and nothing is kept but that', async () => {
    const { built } = realtime;
    const [alice, bob] = [aUser(), aUser()];
    chats.open([alice.id, bob.id]);
    const his = await present(bob);
    const hers = await present(alice);

    await built.deliver(userDeleted, { user_id: alice.id }, { times: 2 });
    await built.deliver(userProfileUpdated, { user_id: alice.id, show_online: false, revision: 7 });

    expect(await hers.closed).toBe(4001);
    await his.received('presence', 2);
    expect(presencesIn(his)).toEqual([
      [alice.id, true],
      [alice.id, false],
    ]);
    expect((await built.ctx.presences.find([alice.id])).get(alice.id)).toEqual({
      ...{ userId: alice.id, replicas: [], isHidden: false, hiddenRevision: -1, revision: 2, isErased: true },
    });
  });

  it('who is not known is nobody to tell of', async () => {
    const { built } = realtime;
    const id = anId();

    await built.deliver(userDeleted, { user_id: id });

    expect((await built.ctx.presences.find([id])).get(id)).toMatchObject({ isErased: true, revision: 0 });
  });
});
