import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  commentLiked,
  listBlocks,
  listLikeCounts,
  listPostReferences,
  listUsers,
  type PostReference,
  type RelationPair,
} from '@commons/contracts';
import { aUser, anAdmin, fakeCall, fakeClock, until } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

type LikeCount = { target_id: string; likes_count: number; revision: number };
type Owned = { posts: PostReference[]; likes: LikeCount[]; names: Map<string, string>; blocks: RelationPair[] };

const owned: Owned = { posts: [], likes: [], names: new Map(), blocks: [] };
const clock = fakeClock();
/** Happens while `like` answers. */
let meanwhile = (): Promise<void> | void => undefined;
let comment: CommentUnderTest;
beforeAll(async () => {
  const page = <T>(all: T[], idOf: (item: T) => string, after: string | undefined, limit: number) =>
    all
      .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
      .filter((item) => idOf(item) > (after ?? ''))
      .slice(0, limit);
  comment = await buildComment({
    clock,
    fakes: [
      fakeCall(listPostReferences, ({ after, limit }) => ({
        posts: page(owned.posts, ({ post_id }) => post_id, after, limit),
      })),
      fakeCall(listLikeCounts, ({ after, limit }) => {
        const counts = page(owned.likes, ({ target_id }) => target_id, after, limit);
        void meanwhile();
        return { counts };
      }),
      fakeCall(listBlocks, ({ after }) => ({ pairs: after === undefined ? owned.blocks : [] })),
      fakeCall(listUsers, ({ ids = [] }) => ({
        users: ids.flatMap((id) => {
          const username = owned.names.get(id);
          return username === undefined
            ? []
            : [{ id, username, username_revision: 5, roles: ['user' as const], status: 'active' as const }];
        }),
      })),
    ],
  });
});
afterAll(() => comment.stop());

async function rebuild() {
  const admin = comment.as(anAdmin());
  await admin.post('/api/admin/services/comment/rebuild').expect(202);
  const run = async () =>
    (await admin.get('/api/admin/services/comment/rebuild')).body as {
      running: boolean;
      error: string | null;
      results: { name: string; checked: number; corrected: number }[];
    };
  await until(async () => !(await run()).running);
  const { error, results } = await run();
  expect(error).toBeNull();
  return Object.fromEntries(results.map(({ name, ...rest }) => [name, rest]));
}

describe('a rebuild', () => {
  it('takes names, likes and posts over from their owners, and forgets posts that have gone', async () => {
    const [renamed, right] = [aUser(), aUser()];
    const [open, hidden, gone] = [comment.given(), comment.given(), comment.given()];
    const liked = await comment.write(renamed, open.post_id);
    const unliked = await comment.write(right, open.post_id);
    await comment.write(right, hidden.post_id);
    await comment.write(right, gone.post_id);
    const event = { comment_author_id: right.id, post_id: open.post_id, user_id: right.id, username: 'x' };
    await comment.deliver(commentLiked, { ...event, comment_id: unliked, likes_count: 4, revision: 4 });
    owned.names.set(renamed.id, 'renamed').set(right.id, right.username);
    owned.likes = [{ target_id: liked, likes_count: 2, revision: 3 }];
    owned.posts = [open, { ...hidden, visibility: 'private', revision: 2 }];
    clock.advance(2 * 60 * 60_000);

    const results = await rebuild();

    expect(results).toEqual({
      'post-references': { checked: 3, corrected: 2 },
      'author-names': { checked: 2, corrected: 2 },
      'like-counts': { checked: 4, corrected: 2 },
      blocks: { checked: 0, corrected: 0 },
    });
    expect(
      (await comment.list(open.post_id)).map(({ author, likes_count }) => [author?.username, likes_count]),
    ).toEqual([
      ['renamed', 2],
      [right.username, 0],
    ]);
    for (const { post_id } of [hidden, gone]) await comment.as().get(`/api/comments?post_id=${post_id}`).expect(404);
    const again = await rebuild();
    expect(Object.values(again).map(({ corrected }) => corrected)).toEqual([0, 0, 0, 0]);
  });

  it('does not step back behind a like that comes while it runs', async () => {
    const user = aUser();
    const post = comment.given();
    owned.posts.push(post);
    const id = await comment.write(user, post.post_id);
    owned.likes = [{ target_id: id, likes_count: 1, revision: 1 }];
    const event = {
      comment_id: id,
      comment_author_id: user.id,
      post_id: post.post_id,
      user_id: user.id,
      username: 'x',
    };
    let delivered: Promise<void> | undefined;
    meanwhile = () => void (delivered ??= comment.deliver(commentLiked, { ...event, likes_count: 2, revision: 2 }));

    await rebuild();
    await delivered;

    expect((await comment.list(post.post_id)).map(({ likes_count }) => likes_count)).toEqual([2]);
  });

  it('takes blocks over from `subscription`', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const post = comment.given({ author_id: alice.id });
    owned.posts.push(post);
    await comment.write(bob, post.post_id);
    owned.blocks.push({ from_id: alice.id, to_id: bob.id, is_on: true, revision: 2 });

    expect((await rebuild())['blocks']).toEqual({ checked: 1, corrected: 1 });

    await comment.as(bob).get(`/api/comments?post_id=${post.post_id}`).expect(404);
    expect((await rebuild())['blocks']).toEqual({ checked: 1, corrected: 0 });
  });

  it('keeps a young post that its owner did not name: it may be newer than the list', async () => {
    const user = aUser();
    const post = comment.given({
      post_id: Math.floor(clock.now().getTime() / 1_000)
        .toString(16)
        .padEnd(24, 'a'),
    });
    await comment.write(user, post.post_id);

    await rebuild();

    expect(await comment.list(post.post_id)).toHaveLength(1);
  });
});
