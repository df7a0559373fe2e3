import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  commentUnliked,
  listLikers,
  postUnliked,
  userDataErased,
  userDeleted,
  userProfileUpdated,
} from '@commons/contracts';
import { aUser, buildService, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedComment, aLikedPost, set, type LikedThing, type LikeService } from './a-like.ts';

let like: LikeService;
beforeAll(async () => {
  like = await buildService(service);
});
afterAll(() => like.stop());

async function namesOf({ target_type, target_id }: LikedThing): Promise<string[]> {
  const { body } = await like.call(listLikers, { target_type, target_id }).expect(200);
  return body.likers.map(({ username }: { username: string }) => username);
}

const erased = async (userId: string) =>
  (await like.published(userDataErased)).filter(({ subject }) => subject === userId);

describe('users who like things', () => {
  it('are shown by their newest name, in whatever order and however often it is told', async () => {
    const bob = aUser();
    const post = aLikedPost();
    await set(like, post, bob);

    await like.deliver(userProfileUpdated, { user_id: bob.id, username: 'newest', username_revision: 3 }, { times: 3 });
    await like.deliver(userProfileUpdated, { user_id: bob.id, username: 'older', username_revision: 2 }, { times: 2 });
    await like.deliver(userProfileUpdated, { user_id: bob.id, nickname: 'Bobby', revision: 9 });

    expect(await namesOf(post)).toEqual(['newest']);
  });

  it('keep the name that was announced when their token still says another', async () => {
    const bob = aUser();
    const post = aLikedPost();
    await like.deliver(userProfileUpdated, { user_id: bob.id, username: '$renamed', username_revision: 2 });

    await set(like, post, bob).expect(200);

    expect(await namesOf(post)).toEqual(['$renamed']);
  });

  it('take their likes with them when they go, each counted and told once', async () => {
    const [bob, carol] = [aUser(), aUser()];
    const [post, comment] = [aLikedPost(), aLikedComment()];
    for (const thing of [post, comment]) {
      await set(like, thing, bob);
      await set(like, thing, carol);
    }

    await like.deliver(userDeleted, { user_id: bob.id }, { times: 3 });

    await until(async () => (await erased(bob.id)).length > 0);
    expect(await namesOf(post)).toEqual([carol.username]);
    expect((await erased(bob.id)).map(({ data }) => data)).toEqual([
      expect.objectContaining({ user_id: bob.id, service: 'like' }),
    ]);
    const ofPost = (await like.published(postUnliked)).filter(({ subject }) => subject === post.target_id);
    const ofComment = (await like.published(commentUnliked)).filter(({ subject }) => subject === comment.target_id);
    const gone = { user_id: bob.id, username: '', likes_count: 1, revision: 3 };
    expect(ofPost.map(({ data }) => data)).toEqual([
      expect.objectContaining({ ...gone, post_author_id: post.target_author_id, post_title: 'A post' }),
    ]);
    expect(ofComment.map(({ data }) => data)).toEqual([
      expect.objectContaining({ ...gone, comment_author_id: comment.target_author_id, post_id: comment.post_id }),
    ]);
  });

  it('take back more likes than one step can', async () => {
    const bob = aUser();
    const posts = Array.from({ length: 120 }, () => aLikedPost());
    for (let at = 0; at < posts.length; at += 40)
      await Promise.all(posts.slice(at, at + 40).map((post) => set(like, post, bob).expect(200)));

    await like.deliver(userDeleted, { user_id: bob.id });

    await until(async () => (await erased(bob.id)).length === 1);
    const unliked = (await like.published(postUnliked)).filter(({ data }) => data['user_id'] === bob.id);
    expect(unliked.map(({ subject }) => subject).toSorted()).toEqual(
      posts.map(({ target_id }) => target_id).toSorted(),
    );
    expect(await like.ctx.likes.listBy(bob.id, { limit: 1 })).toEqual([]);
  });

  it('can like nothing once they have gone, and get no name back', async () => {
    const bob = aUser();
    const post = aLikedPost();
    await like.deliver(userDeleted, { user_id: bob.id });
    await like.deliver(userProfileUpdated, { user_id: bob.id, username: 'back', username_revision: 9 });

    const { body } = await set(like, post, bob).expect(401);

    expect(body).toMatchObject({ code: 'token_revoked' });
    expect(await namesOf(post)).toEqual([]);
    expect(await like.ctx.likers.find([bob.id])).toEqual(
      new Map([[bob.id, expect.objectContaining({ username: '', likesCount: 0, isErased: true })]]),
    );
  });

  it('leave nothing behind that they liked while they went', async () => {
    const bob = aUser();
    const posts = Array.from({ length: 20 }, () => aLikedPost());

    const [, ...answers] = await Promise.all([
      like.deliver(userDeleted, { user_id: bob.id }),
      ...posts.map((post) => set(like, post, bob)),
    ]);

    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
    await until(async () => (await erased(bob.id)).length === 1);
    for (const { target_id } of posts) {
      const { body } = await like.call(listLikers, { target_type: 'post', target_id }).expect(200);
      expect(body).toEqual({ count: 0, likers: [] });
    }
  });
});
