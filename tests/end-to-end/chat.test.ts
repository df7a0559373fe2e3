import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ask, createChats, heard, namesIn } from './support/chats.ts';
import type { Account } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { onePlatform } from './support/one-platform.ts';
import { openSocket } from './support/socket.ts';

/** How long a new name may take to be everywhere. */
const SECOND = 1_000;

const { api, url } = onePlatform();
const chats = createChats(api);

const post = (path: string, as: Account, body: object = {}) => api.send('POST', path, { as, body });
const told = async (account: Account): Promise<string[]> => {
  const { body } = await api.send('GET', '/api/notifications', { as: account });
  return body.map(({ type, message }: { type: string; message: string }) => `${type}: ${message}`) as string[];
};
const equals = (wanted: unknown) => (seen: unknown) => isDeepStrictEqual(seen, wanted);
const sorted = (...accounts: Account[]) => accounts.map(({ username }) => username).toSorted();

describe('a direct chat', () => {
  it('is one for two, latest first in the list of each, and nobody else’s', async () => {
    const [alice, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const [withBob, withCarol] = [await chats.openDirect(alice, bob), await chats.openDirect(alice, carol)];

    const again = await post('/api/chats', bob, { type: 'direct', participant_ids: [alice.id] });
    expect((await chats.say(withBob, bob, 'Rowing at seven?')).status).toBe(201);

    expect([again.status, again.body.id]).toEqual([200, withBob]);
    const lists = await Promise.all([alice, bob, carol].map((account) => chats.list(account)));
    expect(lists.map((list) => list.map(({ id }) => id))).toEqual([[withBob, withCarol], [withBob], [withCarol]]);
    expect((await chats.show(withBob, alice)).body).toMatchObject({
      ...{ id: withBob, type: 'direct', title: null, unread_count: 1 },
      last_message: { content: 'Rowing at seven?', author_id: bob.id, seq: 1 },
    });
    expect(namesIn(await chats.show(withBob, alice))).toEqual(sorted(alice, bob));
    expect((await chats.show(withBob, carol)).status).toBe(404);
    expect((await chats.say(withBob, carol, 'May I?')).status).toBe(404);
  });

  it('makes one notification of its messages until they are read', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const chatId = await chats.openDirect(alice, bob);
    const socket = await openSocket(url(), bob.token);
    const pushed = () => socket.frames.filter(({ type }) => type === 'notification.created');

    await chats.say(chatId, alice, 'Rowing at seven?');
    await eventually(() => told(bob), equals([`MESSAGE: ${alice.username} sent you a message`]));
    await socket.frame(({ type, data }) => type === 'notification.created' && data.data.chat_id === chatId);
    await chats.say(chatId, alice, 'Or at eight?');
    await eventually(() => told(bob), equals([`MESSAGE: ${alice.username} sent you 2 messages`]));
    await ask(socket, { type: 'chat.read', id: 'read', data: { chat_id: chatId, seq: 2 } });
    await eventually(() => told(bob), equals([]));
    await chats.say(chatId, alice, 'At nine, then.');

    await eventually(() => told(bob), equals([`MESSAGE: ${alice.username} sent you a message`]));
    await eventually(async () => pushed().length, equals(2));
    expect(pushed().map(({ data }) => [data.type, data.data])).toEqual(
      Array(2).fill(['MESSAGE', { chat_id: chatId, actor_id: alice.id }]),
    );
    expect(await told(alice)).toEqual([]);
    socket.close();
  });

  it('takes nothing across a block and is hidden from both, until it ends', async () => {
    const [alice, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const chatId = await chats.openDirect(alice, bob);
    const group = await chats.openGroup(carol, [alice, bob], 'Rowers');
    const socket = await openSocket(url(), bob.token);
    const statuses = () => Promise.all([alice, bob].map(async (account) => (await chats.show(chatId, account)).status));

    expect((await post('/api/subscriptions/blocks', alice, { user_id: bob.id })).status).toBe(201);

    await eventually(statuses, equals([404, 404]));
    const refused = [
      await chats.say(chatId, bob, 'Still there?'),
      await chats.say(chatId, alice, 'No.'),
      await post('/api/chats', bob, { type: 'direct', participant_ids: [alice.id] }),
      await post('/api/chats', bob, { type: 'group', title: 'Two', participant_ids: [alice.id] }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([403, 'blocked']));
    const answer = await ask(socket, {
      type: 'message.send',
      id: 'send',
      data: { chat_id: chatId, content: 'Still there?' },
    });
    expect([answer.type, answer.data.status, answer.data.code]).toEqual(['error', 403, 'blocked']);
    expect((await chats.list(bob)).map(({ id }) => id)).toEqual([group]);
    expect((await chats.say(group, bob, 'Who rows?')).status).toBe(201);

    await api.send('DELETE', `/api/subscriptions/blocks/${bob.id}`, { as: alice });

    await eventually(statuses, equals([200, 200]));
    expect((await chats.say(chatId, bob, 'Here again.')).status).toBe(201);
    socket.close();
  });
});

describe('the chat of a project', () => {
  it('begins with its first member, and gains each whose application is accepted', async () => {
    const [owner, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const title = 'A tool library';
    const made = await post('/api/projects', owner, { title, description: 'Who helps?', skills: ['carpentry'] });
    const applications = `/api/projects/${made.body.id}/applications`;
    const admit = async (applicant: Account) => {
      const { body } = await post(applications, applicant, { message: 'I bring my own tools.' });
      const decision = { as: owner, body: { status: 'accepted' } };
      expect((await api.send('PUT', `${applications}/${body.id}`, decision)).status).toBe(200);
    };
    const seenBy = async (account: Account) => (await chats.list(account)).filter(({ type }) => type === 'project');
    const arrived = (account: Account) =>
      eventually(
        () => seenBy(account),
        ({ length }) => length === 1,
      );

    await admit(bob);
    const [chat] = await arrived(bob);
    expect(chat!.title).toBe(title);
    expect(namesIn(await chats.show(chat!.id, owner))).toEqual(sorted(owner, bob));
    expect((await chats.show(chat!.id, carol)).status).toBe(404);
    const socket = await openSocket(url(), carol.token);
    await admit(carol);

    expect((await arrived(carol)).map(({ id }) => id)).toEqual([chat!.id]);
    expect(namesIn(await chats.show(chat!.id, bob))).toEqual(sorted(owner, bob, carol));
    expect((await chats.say(chat!.id, bob, 'Welcome.')).status).toBe(201);
    await heard(socket, chat!.id, 'Welcome.');
    socket.close();
  });
});

describe('in its chats a user', () => {
  it('has a new name within a second', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [chatId, group] = [await chats.openDirect(alice, bob), await chats.openGroup(alice, [bob], 'Rowers')];
    await chats.say(chatId, alice, 'Rowing at seven?');
    await eventually(() => told(bob), equals([`MESSAGE: ${alice.username} sent you a message`]));
    const renamed = { ...alice, username: `x${alice.username}` };
    const names = async () => [
      ...[namesIn(await chats.show(chatId, bob)), namesIn(await chats.show(group, bob))],
      await told(bob),
    ];

    const body = { username: renamed.username };
    expect((await api.send('PATCH', '/api/auth/me', { as: alice, body })).status).toBe(200);

    const both = sorted(renamed, bob);
    await eventually(names, equals([both, both, [`MESSAGE: ${renamed.username} sent you a message`]]), SECOND);
  });

  it('who is deleted is nowhere, with all that they said', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [chatId, group] = [await chats.openDirect(alice, bob), await chats.openGroup(alice, [bob], 'Rowers')];
    const socket = await openSocket(url(), bob.token);
    await chats.say(chatId, alice, 'Rowing at seven?');
    await chats.say(chatId, bob, 'At eight.');
    await chats.say(group, alice, 'Who rows?');

    expect((await api.send('DELETE', '/api/auth/me', { as: alice, body: { password: alice.password } })).status).toBe(
      202,
    );

    const messages = async (id: string) =>
      (await chats.messages(id, bob)).body.results.map((message: Record<string, unknown>) => [
        message['author_id'],
        message['content'],
        message['deleted'],
      ]) as unknown[];
    await eventually(
      async () => ({
        names: [namesIn(await chats.show(chatId, bob)), namesIn(await chats.show(group, bob))],
        direct: await messages(chatId),
        group: await messages(group),
        told: await told(bob),
      }),
      equals({
        names: [[bob.username], [bob.username]],
        direct: [
          [bob.id, 'At eight.', false],
          [null, '', true],
        ],
        group: [[null, '', true]],
        told: [],
      }),
    );
    const shown = JSON.stringify([(await chats.show(chatId, bob)).body, (await chats.show(group, bob)).body]);
    expect([alice.username, alice.id].filter((trace) => shown.includes(trace))).toEqual([]);
    await Promise.all(
      [chatId, group].map((id) =>
        socket.frame(({ type, data }) => type === 'message.deleted' && data.chat_id === id && data.author_id === null),
      ),
    );
    const refused = await chats.say(chatId, bob, 'Anybody?');
    expect([refused.status, refused.body.code]).toEqual([409, 'partner_gone']);
    socket.close();
  });
});
