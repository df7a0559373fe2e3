import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentCreated, commentDeleted, listLikers, postLiked, postUnliked } from '@commons/contracts';
import { ServiceUnavailable } from '@commons/platform';
import { anId, aUser, buildService, fakeCall } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  const likers = fakeCall(listLikers, () => {
    throw new ServiceUnavailable();
  });
  post = await buildService(service, { fakes: [likers] });
});
afterAll(() => post.stop());

const liked = (post_id: string, likes_count: number, revision: number) => ({
  post_id,
  post_author_id: anId(),
  post_title: 'A',
  user_id: anId(),
  username: 'somebody',
  likes_count,
  revision,
});

const commented = (post_id: string, comments_count: number, thread_revision: number) => ({
  comment_id: anId(),
  post_id,
  comments_count,
  thread_revision,
});

const newComment = (post_id: string, comments_count: number, thread_revision: number) => ({
  ...commented(post_id, comments_count, thread_revision),
  post_author_id: anId(),
  post_title: 'A',
  parent: null,
  parent_author_id: null,
  author_id: anId(),
  author_username: 'somebody',
});

async function countsOf(id: string) {
  const { body } = await post.as().get(`/api/posts/${id}`).expect(200);
  return { likes: body.likes_count, comments: body.comments_count };
}

describe('the counts that others own', () => {
  it('follow likes, each event three times and in any order', async () => {
    const id = await publish(post, aUser());

    await post.deliver(postLiked, liked(id, 1, 1), { times: 3 });
    await post.deliver(postLiked, liked(id, 2, 4), { times: 3 });
    await post.deliver(postUnliked, liked(id, 1, 3), { times: 3 });
    await post.deliver(postLiked, liked(id, 2, 2), { times: 3 });

    expect((await countsOf(id)).likes).toBe(2);
    await post.deliver(postUnliked, liked(id, 1, 5));
    expect((await countsOf(id)).likes).toBe(1);
  });

  it('follow comments, each event three times and in any order', async () => {
    const id = await publish(post, aUser());

    await post.deliver(commentDeleted, { ...commented(id, 1, 3), author_id: null }, { times: 3 });
    await post.deliver(commentCreated, newComment(id, 2, 2), { times: 3 });
    await post.deliver(commentCreated, newComment(id, 1, 1), { times: 3 });

    expect((await countsOf(id)).comments).toBe(1);
    await post.deliver(commentCreated, newComment(id, 2, 4), { times: 3 });
    expect(await countsOf(id)).toEqual({ likes: 0, comments: 2 });
  });

  it('come out the same when 50 likes are told at once, each three times, in no order', async () => {
    const id = await publish(post, aUser());
    const revisions = Array.from({ length: 50 }, (_, index) => index + 1).toSorted(
      (a, b) => ((a * 37) % 53) - ((b * 37) % 53),
    );

    await Promise.all(
      revisions.map((revision) => post.deliver(postLiked, liked(id, revision, revision), { times: 3 })),
    );

    expect((await countsOf(id)).likes).toBe(50);
  });

  it('bear news of posts that are not there', async () => {
    await post.deliver(postLiked, liked(anId(), 1, 1));
    await post.deliver(commentCreated, newComment(anId(), 1, 1));

    expect(post.harness.deadLetters()).toEqual([]);
  });

  it('do not make another version of the post', async () => {
    const alice = aUser();
    const id = await publish(post, alice);
    const { headers } = await post.as(alice).get(`/api/posts/${id}`).expect(200);
    await post.deliver(postLiked, liked(id, 1, 1));

    await post
      .as(alice)
      .patch(`/api/posts/${id}`)
      .set('if-match', headers['etag']!)
      .send({ title: 'Still mine' })
      .expect(200);
  });
});
