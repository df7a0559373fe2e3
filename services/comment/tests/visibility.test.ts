import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCreated, postUpdated, type Visibility } from '@commons/contracts';
import { aUser, anAdmin } from '@commons/platform/testing';
import { buildComment, told, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

/** A post on which its author and somebody else commented, before it was given this visibility. */
async function aPostThatIsNow(visibility: Visibility) {
  const [author, bob] = [aUser(), aUser()];
  const post = comment.given({ author_id: author.id });
  const ids = { authors: await comment.write(author, post.post_id), bobs: await comment.write(bob, post.post_id) };
  comment.given({ ...post, visibility, revision: 2 });
  await comment.deliver(postUpdated, { ...told(post), visibility, revision: 2 });
  return { postId: post.post_id, author, bob, ids };
}

describe.each(['private', 'followers'] as const)('comments on a post that is for %s', (visibility) => {
  it('are listed for its author, and for nobody whom `post` does not let see it', async () => {
    const { postId, author, bob, ids } = await aPostThatIsNow(visibility);

    expect((await comment.list(postId, '', author)).map(({ id }) => id)).toEqual([ids.authors, ids.bobs]);
    for (const reader of [undefined, bob, aUser()])
      await comment.as(reader).get(`/api/comments?post_id=${postId}`).expect(404);
  });

  it('cannot be written, edited or liked by those who may not see it', async () => {
    const { postId, bob, ids } = await aPostThatIsNow(visibility);
    const as = comment.as(bob);

    const answers = [
      await as.post('/api/comments').send({ post_id: postId, content: 'a' }),
      await as.put(`/api/comments/${ids.bobs}`).send({ content: 'a' }),
      await as.post(`/api/comments/${ids.bobs}/like`),
      await as.put(`/api/comments/${ids.bobs}/like`),
      await as.delete(`/api/comments/${ids.bobs}/like`),
      await as.delete(`/api/comments/${ids.authors}`),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'post_not_found'],
      ...Array.from({ length: 5 }, () => [404, 'comment_not_found']),
    ]);
  });

  it('can be deleted by those who wrote them, and by admins', async () => {
    const { postId, author, bob, ids } = await aPostThatIsNow(visibility);

    await comment.as(bob).delete(`/api/comments/${ids.bobs}`).expect(204);
    await comment.as(anAdmin()).delete(`/api/comments/${ids.authors}`).expect(204);

    expect(await comment.list(postId, '', author)).toEqual([]);
  });
});

describe('copies of posts', () => {
  it('follow the latest change, in whatever order they are told of, and however often', async () => {
    const author = aUser();
    const post = comment.given({ author_id: author.id, visibility: 'private', revision: 3 });
    await comment.deliver(postUpdated, { ...told(post), visibility: 'private', revision: 3 }, { times: 2 });
    await comment.deliver(postUpdated, { ...told(post), visibility: 'public', revision: 2 });
    await comment.deliver(postCreated, { ...told(post), visibility: 'public', revision: 1 }, { times: 2 });

    await comment.as().get(`/api/comments?post_id=${post.post_id}`).expect(404);

    await comment.deliver(postUpdated, { ...told(post), visibility: 'public', revision: 4 });
    expect(await comment.list(post.post_id)).toEqual([]);
  });
});
