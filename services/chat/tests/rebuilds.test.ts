import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listBlocks, listFollows, listProfileReferences, type MessagesFrom } from '@commons/contracts';
import { aUser, anAdmin, fakeCall, until, type TestUser } from '@commons/platform/testing';
import { buildChat, type ChatUnderTest } from './chat-service.ts';

type Pair = { from_id: string; to_id: string; is_on: boolean; revision: number };

const follows: Pair[] = [];
const blocks: Pair[] = [];
const settings = new Map<string, MessagesFrom>();

let chat: ChatUnderTest;
beforeAll(async () => {
  const laterThan = (pairs: Pair[], after?: { from_id: string; to_id: string }) =>
    pairs.filter((pair) => !after || `${pair.from_id}:${pair.to_id}` > `${after.from_id}:${after.to_id}`);
  const profile = (user_id: string, allow_messages_from: MessagesFrom) => ({
    user_id,
    nickname: null,
    avatar_url: null,
    visibility: 'public' as const,
    allow_messages_from,
    show_online: true,
    revision: 3,
  });
  chat = await buildChat({
    fakes: [
      fakeCall(listFollows, ({ after }) => ({ pairs: laterThan(follows, after) })),
      fakeCall(listBlocks, ({ after }) => ({ pairs: laterThan(blocks, after) })),
      fakeCall(listProfileReferences, ({ ids = [] }) => ({
        profiles: ids.flatMap((id) => (settings.has(id) ? [profile(id, settings.get(id)!)] : [])),
      })),
    ],
  });
});
afterAll(() => chat.stop());

const PATH = '/api/admin/services/chat/rebuild';

async function rebuild(): Promise<Record<string, number>> {
  const admin = anAdmin();
  await chat.as(admin).post(PATH).expect(202);
  await until(async () => (await chat.as(admin).get(PATH)).body.running === false);
  const { body } = await chat.as(admin).get(PATH).expect(200);
  expect(body).toMatchObject({ error: null });
  return Object.fromEntries(
    body.results.map(({ name, corrected }: { name: string; corrected: number }) => [name, corrected]),
  );
}

describe('a rebuild', () => {
  it('makes names, settings, follows, blocks and counts anew, and then finds nothing to do', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    const group = await chat.group(alice, [bob, carol]);
    for (const [user, content] of [
      [alice, '1'],
      [bob, '2'],
      [alice, '3'],
    ] as const)
      await chat.say(user, group, content);
    chat.rename(bob, 'bobby');
    settings.set(bob.id, 'followers');
    follows.push({ from_id: alice.id, to_id: bob.id, is_on: true, revision: 1 });
    blocks.push({ from_id: carol.id, to_id: alice.id, is_on: true, revision: 1 });
    const { db } = chat.ctx;
    await db.collection('chats').updateOne({}, { $set: { last_seq: 99 } });
    await db
      .collection('read_marks')
      .updateOne({ _id: `${group}:${alice.id}` as never }, { $set: { read_seq: 99, own_unread: 0 } });
    await db
      .collection('read_marks')
      .updateOne({ _id: `${group}:${bob.id}` as never }, { $set: { read_seq: 0, own_unread: 7 } });

    const corrected = await rebuild();

    expect(corrected).toMatchObject({ follows: 1, blocks: 1, counts: 3 });
    expect(corrected['names']).toBeGreaterThan(0);
    const unread = (user: TestUser) => chat.show(user, group).then(({ unread_count }) => unread_count);
    expect([await unread(alice), await unread(bob), await unread(carol)]).toEqual([0, 2, 3]);
    expect(await chat.say(carol, group, '4')).toMatchObject({ seq: 4 });
    expect((await chat.show(alice, group)).participants[1]).toMatchObject({ username: 'bobby' });
    const ask = (user: TestUser, other: TestUser) =>
      chat
        .as(user)
        .post('/api/chats')
        .send({ type: 'direct', participant_ids: [other.id] });
    await ask(alice, bob).expect(201);
    expect((await ask(carol, bob)).body).toMatchObject({ status: 403, code: 'messages_not_taken' });
    expect((await ask(alice, carol)).body).toMatchObject({ status: 403, code: 'blocked' });
    expect(await rebuild()).toEqual({ names: 0, settings: 0, follows: 0, blocks: 0, counts: 0 });
  });

  it('is for admins', async () => {
    await chat.as(aUser()).post(PATH).expect(403);
    await chat.as().post(PATH).expect(401);
  });
});
