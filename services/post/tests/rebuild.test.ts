import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listBlocks,
  listCommentCounts,
  listFollows,
  listLikeCounts,
  listUsers,
  postLiked,
  type RelationPair,
} from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeCall, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';
import { block } from './relations.ts';

type Owned = Map<string, { count: number; revision: number }>;
const likes: Owned = new Map();
const comments: Owned = new Map();
const follows: RelationPair[] = [];
const blocks: RelationPair[] = [];
const names = new Map<string, { username: string; username_revision: number }>();

const partOf = (owned: Owned, { after = '', limit }: { after?: string | undefined; limit: number }) =>
  [...owned]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([id]) => id > after)
    .slice(0, limit);

/** The pairs after one, in their order. */
function pairsAfter(
  all: readonly RelationPair[],
  { after }: { after?: Pick<RelationPair, 'from_id' | 'to_id'> | undefined },
) {
  const keyOf = ({ from_id, to_id }: Pick<RelationPair, 'from_id' | 'to_id'>) => `${from_id}:${to_id}`;
  const ordered = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { pairs: ordered.filter((pair) => after === undefined || keyOf(pair) > keyOf(after)) };
}

let post: PostService;
beforeAll(async () => {
  post = await buildService(service, {
    fakes: [
      fakeCall(listLikeCounts, (input) => ({
        counts: partOf(likes, input).map(([target_id, { count, revision }]) => ({
          target_id,
          likes_count: count,
          revision,
        })),
      })),
      fakeCall(listCommentCounts, (input) => ({
        counts: partOf(comments, input).map(([post_id, { count, revision }]) => ({
          post_id,
          comments_count: count,
          thread_revision: revision,
        })),
      })),
      fakeCall(listFollows, (input) => pairsAfter(follows, input)),
      fakeCall(listBlocks, (input) => pairsAfter(blocks, input)),
      fakeCall(listUsers, ({ ids = [] }) => ({
        users: ids.flatMap((id) => {
          const name = names.get(id);
          return name ? [{ id, roles: ['user' as const], status: 'active' as const, ...name }] : [];
        }),
      })),
    ],
  });
});
afterAll(() => post.stop());

const path = '/api/admin/services/post/rebuild';

async function rebuild() {
  await post.as(anAdmin()).post(path).expect(202);
  const run = async () => (await post.as(anAdmin()).get(path).expect(200)).body;
  await until(async () => (await run()).running === false);
  const { results, error } = await run();
  expect(error).toBeNull();
  return Object.fromEntries(
    results.map(({ name, corrected }: { name: string; corrected: number }) => [name, corrected]),
  );
}

const countsOf = async (id: string) => {
  const { likesCount, commentsCount } = (await post.ctx.posts.find(id))!;
  return { likesCount, commentsCount };
};

const told = (post_id: string, likes_count: number, revision: number) => {
  const about = { post_id, post_author_id: anId(), post_title: '', user_id: anId(), username: 'x' };
  return post.deliver(postLiked, { ...about, likes_count, revision });
};

describe('rebuilding what posts copy of others', () => {
  it('takes over the counts of their owners, and corrects nothing the second time', async () => {
    const [behind, wrong, right] = [
      await publish(post, aUser()),
      await publish(post, aUser()),
      await publish(post, aUser()),
    ];
    await told(wrong, 9, 5);
    await told(right, 2, 2);
    likes.set(behind, { count: 3, revision: 4 });
    likes.set(wrong, { count: 8, revision: 5 });
    likes.set(right, { count: 2, revision: 2 });
    comments.set(behind, { count: 6, revision: 7 });

    const nothing = { likes: 0, comments: 0, authors: 0, tags: 0, lists: 0, follows: 0, blocks: 0 };
    expect(await rebuild()).toEqual({ ...nothing, likes: 2, comments: 1 });
    expect(await countsOf(behind)).toEqual({ likesCount: 3, commentsCount: 6 });
    expect(await countsOf(wrong)).toEqual({ likesCount: 8, commentsCount: 0 });
    expect(await countsOf(right)).toEqual({ likesCount: 2, commentsCount: 0 });
    expect(await rebuild()).toEqual(nothing);
  });

  it('takes the word of an owner that lost its memory, and follows it from then on', async () => {
    const id = await publish(post, aUser());
    await told(id, 40, 90);

    expect((await rebuild())['likes']).toBe(1);

    expect((await countsOf(id)).likesCount).toBe(0);
    await told(id, 1, 1);
    expect((await countsOf(id)).likesCount).toBe(1);
    likes.set(id, { count: 1, revision: 1 });
  });

  it('goes through more posts than one page holds', async () => {
    const first = await publish(post, aUser());
    const posts = post.ctx.db.collection('posts');
    const title = (await post.ctx.posts.find(first))!.title;
    const { _id, ...template } = (await posts.findOne({ title }))!;
    const { insertedIds } = await posts.insertMany(
      Array.from({ length: 1_100 }, () => ({ ...template, title: 'Many' })),
    );
    const ids = Object.values(insertedIds).map(String);
    for (const [index, id] of ids.entries()) likes.set(id, { count: index + 1, revision: index + 1 });

    expect((await rebuild())['likes']).toBe(1_100);

    expect((await countsOf(ids[0]!)).likesCount).toBe(1);
    expect((await countsOf(ids[1_099]!)).likesCount).toBe(1_100);
    expect(_id).toBeDefined();
  });

  it('does not step back behind what is told while it runs', async () => {
    const id = await publish(post, aUser());
    const listed = await post.ctx.likesCounts.list({ limit: 10_000 });
    const copy = listed.find(({ postId }) => postId === id)!;
    await told(id, 5, 5);

    const corrected = await post.ctx.likesCounts.correct([{ listed: copy, right: { count: 4, revision: 4 } }]);

    expect(corrected).toBe(0);
    expect((await countsOf(id)).likesCount).toBe(5);
    likes.set(id, { count: 5, revision: 5 });
  });

  it('takes the names of authors from `auth`', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await publish(post, alice);
    await publish(post, bob);
    names.set(alice.id, { username: 'right', username_revision: 6 });
    names.set(bob.id, { username: bob.username, username_revision: 0 });

    expect((await rebuild())['authors']).toBe(1);

    const { body } = await post.as().get(`/api/posts?author_id=${alice.id}`).expect(200);
    expect(body.results).toMatchObject([{ id, author: { username: 'right' } }]);
  });

  it('counts the posts of each tag anew, with what is still to be added', async () => {
    const alice = aUser();
    const tag = `t-${alice.username}`;
    await publish(post, alice, { tags: [tag] });
    await until(async () => !(await post.ctx.tags.hasChanges()));
    await post.ctx.tagBacklog.stop();
    await publish(post, alice, { tags: [tag] });
    const tags = post.ctx.db.collection<{ _id: string; posts_count: number }>('tags');
    await tags.updateOne({ _id: tag }, { $set: { posts_count: 50 } });
    await tags.insertOne({ _id: 'nobody-uses-it', posts_count: 7 });

    expect((await rebuild())['tags']).toBe(2);

    post.ctx.tagBacklog.start();
    const { body } = await post.as().get(`/api/tags?q=${tag}`).expect(200);
    expect(body.results).toEqual([{ tag, posts_count: 2 }]);
    expect((await post.as().get('/api/tags?q=nobody-uses-it').expect(200)).body.results).toEqual([]);
  });

  it('takes follows and blocks from `subscription`, and forgets those that it does not know', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const ids = [await publish(post, alice, { visibility: 'followers' }), await publish(post, carol)];
    await block(post, bob, alice);
    follows.push({ from_id: bob.id, to_id: alice.id, is_on: true, revision: 4 });
    blocks.push({ from_id: carol.id, to_id: bob.id, is_on: true, revision: 1 });
    const statuses = () => Promise.all(ids.map(async (id) => (await post.as(bob).get(`/api/posts/${id}`)).status));
    expect(await statuses()).toEqual([404, 200]);

    expect(await rebuild()).toMatchObject({ follows: 1, blocks: 2 });

    expect(await statuses()).toEqual([200, 404]);
    expect(await rebuild()).toMatchObject({ follows: 0, blocks: 0 });
  });

  it('puts posts into the lists in which they should stand', async () => {
    const alice = aUser();
    await publish(post, alice);
    await publish(post, alice, { visibility: 'private' });
    const posts = post.ctx.db.collection('posts');
    const lists = `author:${alice.id}|followers`;
    await posts.updateMany(
      { author_id: (await posts.findOne({ lists }))!['author_id'] },
      { $pull: { lists } as never },
    );

    expect(await rebuild()).toMatchObject({ lists: 1 });

    expect(await posts.countDocuments({ lists })).toBe(1);
    expect(await rebuild()).toMatchObject({ lists: 0 });
  });

  it('is for admins', async () => {
    await post.as(aUser()).post(path).expect(403);
    await post.as().post(path).expect(401);
  });
});
