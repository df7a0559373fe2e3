import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikers } from '@commons/contracts';
import { anAdmin, aUser, buildService, fakeCall, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';
import { block, follow, unblock, unfollow } from './relations.ts';

/** Who likes every post, and how many of them are left out on request. */
const likers = Array.from({ length: 4 }, () => aUser());
const list = fakeCall(listLikers, ({ skip, limit, before, without = [] }) => {
  const shown = likers.filter(({ id }) => !without.includes(id));
  const start = before === undefined ? skip : shown.findIndex(({ id }) => id === before) + 1;
  return {
    count: likers.length,
    left_out: likers.length - shown.length,
    likers: shown.slice(start, start + limit).map(({ id, username }) => ({
      ...{ user_id: id, username },
      ...{ created_at: '2026-01-01T00:00:00.000Z', position: id },
    })),
  };
});

let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { fakes: [list] });
});
afterAll(() => post.stop());

type Listed = { id: string };
const read = async (reader: TestUser | undefined, query: string) => {
  const { body } = await post.as(reader).get(`/api/posts?${query}`).expect(200);
  return { count: body.count as number, ids: (body.results as Listed[]).map(({ id }) => id) };
};

describe('posts of authors who are hidden from the reader', () => {
  it.each(['created_at', '-created_at', 'likes_count', '-likes_count'])(
    'are left out of pages by %s, of their counts, and of what a cursor reads',
    async (ordering) => {
      const [reader, alice, bob, carol] = [aUser(), aUser(), aUser(), aUser()];
      const tag = `tag${reader.username}`;
      const ids: string[] = [];
      for (const author of [alice, carol, bob, reader, carol, alice, carol]) {
        const visibility = author === reader ? 'private' : 'public';
        const id = await publish(post, author, { tags: [tag], title: tag, visibility });
        if (author === carol || author === reader) ids.push(id);
      }
      await publish(post, alice, { tags: [tag], title: tag, visibility: 'followers' });
      await block(post, reader, alice);
      await block(post, bob, reader);
      const isBackwards = ordering.startsWith('-');
      const expected = isBackwards ? ids.toReversed() : ids;

      for (const filter of [`tag=${tag}`, `q=${tag}`, `tag=${tag}&q=${tag}`]) {
        const path = `${filter}&ordering=${ordering}`;
        expect(await read(reader, path)).toEqual({ count: 4, ids: expected });
        const second = await read(reader, `${path}&limit=3&page=2`);
        expect(second).toEqual({ count: 4, ids: expected.slice(3) });
        const cursor: string[] = [];
        for (let next: string | null = ''; next !== null;) {
          const { body } = await post.as(reader).get(`/api/posts?${path}&limit=1&cursor=${next}`).expect(200);
          cursor.push(...(body.results as Listed[]).map(({ id }) => id));
          next = body.next_cursor as string | null;
        }
        expect(cursor).toEqual(expected);
      }
    },
  );

  it('are left out of the list of all posts and its count, and are there for others', async () => {
    const [reader, alice] = [aUser(), aUser()];
    for (let index = 0; index < 3; index++) await publish(post, alice);
    const before = await read(reader, 'limit=3');

    await block(post, alice, reader);

    const after = await read(reader, 'limit=3');
    expect(after.count).toBe(before.count - 3);
    expect(after.ids.filter((id) => before.ids.includes(id))).toEqual([]);
    expect(await read(undefined, 'limit=3')).toEqual(before);
    const admin = anAdmin();
    await block(post, alice, admin);
    expect(await read(admin, `author_id=${alice.id}`)).toEqual({ count: 3, ids: before.ids });
  });
});

describe('likers who are hidden from the reader', () => {
  const view = (users: readonly TestUser[]) => users.map(({ id, username }) => ({ user_id: id, username }));

  it('are not shown on the post, which keeps its count', async () => {
    const reader = aUser();
    const id = await publish(post, aUser());
    await block(post, reader, likers[1]!);
    await block(post, likers[2]!, reader);

    const { body } = await post.as(reader).get(`/api/posts/${id}`).expect(200);

    expect({ likes: body.likes, likes_count: body.likes_count }).toEqual({
      likes: view([likers[0]!, likers[3]!]),
      likes_count: 4,
    });
  });

  it('are not listed nor counted, by page and by cursor', async () => {
    const reader = aUser();
    const id = await publish(post, aUser());
    await block(post, reader, likers[0]!);
    await block(post, likers[2]!, reader);
    const get = async (as: TestUser | undefined, query: string) =>
      (await post.as(as).get(`/api/posts/${id}/likes?${query}`).expect(200)).body;

    expect(await get(reader, '')).toEqual({
      ...{ count: 2, next: null, previous: null },
      results: view([likers[1]!, likers[3]!]),
    });
    const first = await get(reader, 'limit=1&cursor=');
    const second = await get(reader, `limit=1&cursor=${first.next_cursor}`);
    expect([...first.results, ...second.results]).toEqual(view([likers[1]!, likers[3]!]));
    expect(second.next_cursor).toBeNull();
    for (const other of [undefined, aUser()]) expect((await get(other, '')).results).toEqual(view(likers));
  });

  it('are named to `like` up to a thousand; a longer list is thinned out here', async () => {
    const reader = aUser();
    const id = await publish(post, aUser());
    const many = Array.from({ length: 1_001 }, () => aUser({ id: `000000${aUser().id.slice(6)}` }));
    for (const { id: toId } of many) await post.ctx.blocks.note({ fromId: reader.id, toId, isOn: true, revision: 1 });
    const last = [...likers].toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1)!;
    await block(post, reader, last);

    const { body } = await post.as(reader).get(`/api/posts/${id}/likes`).expect(200);

    expect((list.inputs.at(-1) as { without: string[] }).without).toHaveLength(1_000);
    expect(body.results).toEqual(view(likers.filter((liker) => liker !== last)));
  });
});

describe('what is known of follows and blocks', () => {
  it('is the latest, in whatever order it is told, and however often', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await publish(post, alice, { visibility: 'followers' });
    const status = async () => (await post.as(bob).get(`/api/posts/${id}`)).status;

    await unfollow(post, bob, alice, { revision: 2, times: 2 });
    await follow(post, bob, alice, { revision: 1, times: 3 });
    expect(await status()).toBe(404);

    await follow(post, bob, alice, { revision: 3, times: 3 });
    await unfollow(post, bob, alice, { revision: 2 });
    expect(await status()).toBe(200);

    await unblock(post, alice, bob, { revision: 2 });
    await block(post, alice, bob, { revision: 1, times: 3 });
    expect(await status()).toBe(200);

    await block(post, alice, bob, { revision: 3, times: 3 });
    expect(await status()).toBe(404);

    await unblock(post, alice, bob, { revision: 4 });
    await unfollow(post, bob, alice, { revision: 4, times: 2 });
    expect(await status()).toBe(404);
  });

  it('does not change when a request is taken back that was never granted', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await publish(post, alice, { visibility: 'followers' });
    await follow(post, bob, alice, { revision: 3 });

    await unfollow(post, bob, alice, { revision: 2, wasPending: true });

    await post.as(bob).get(`/api/posts/${id}`).expect(200);
  });

  it('holds as long as both block each other and only one of them ends it', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await publish(post, alice);
    await block(post, alice, bob);
    await block(post, bob, alice);

    await unblock(post, alice, bob);
    await post.as(bob).get(`/api/posts/${id}`).expect(404);

    await unblock(post, bob, alice);
    await post.as(bob).get(`/api/posts/${id}`).expect(200);
  });
});
