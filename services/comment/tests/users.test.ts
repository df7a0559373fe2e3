import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentCreated, commentDeleted, userDataErased, userDeleted, userProfileUpdated } from '@commons/contracts';
import { aUser, until } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

const authorsOn = async (postId: string) => (await comment.list(postId)).map(({ author }) => author?.username);
const erased = async (userId: string) =>
  (await comment.published(userDataErased)).filter(({ subject }) => subject === userId).map(({ data }) => data);

describe('a new username', () => {
  it('shows on all that the user wrote: the latest one, in whatever order it is told of', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    await comment.write(user, post_id);
    await comment.write(user, post_id);
    const rename = (username: string, username_revision: number) =>
      comment.deliver(userProfileUpdated, { user_id: user.id, username, username_revision }, { times: 2 });

    await rename('third', 3);
    await rename('second', 2);
    await comment.deliver(userProfileUpdated, { user_id: user.id, nickname: 'Nick', revision: 9 });

    expect(await authorsOn(post_id)).toEqual(['third', 'third']);
  });

  it('is known before the user writes, and outlives an older token', async () => {
    const user = aUser({ username: 'before' });
    const { post_id } = comment.given();
    await comment.deliver(userProfileUpdated, { user_id: user.id, username: '$after', username_revision: 2 });

    const id = await comment.write(user, post_id);

    expect(await authorsOn(post_id)).toEqual(['$after']);
    const event = (await comment.published(commentCreated)).find(({ subject }) => subject === id);
    expect(event?.data['author_username']).toBe('$after');
  });
});

describe('a deleted user', () => {
  it('takes all comments along, leaves tombstones where others have answered, and it is reported done', async () => {
    const [gone, stays] = [aUser(), aUser()];
    const [one, two] = [comment.given(), comment.given()];
    const answered = await comment.write(gone, one.post_id);
    const answer = await comment.write(stays, one.post_id, { parent: answered });
    const below = await comment.write(gone, one.post_id, { parent: answer });
    const alone = await comment.write(gone, two.post_id);

    await comment.deliver(userDeleted, { user_id: gone.id }, { times: 2 });

    await until(async () => (await erased(gone.id)).length > 0);
    expect(await comment.list(one.post_id)).toEqual([
      expect.objectContaining({ id: answered, deleted: true, author: null, content: null }),
      expect.objectContaining({ id: answer, deleted: false }),
    ]);
    expect(await comment.list(two.post_id)).toEqual([]);
    expect(await erased(gone.id)).toEqual([expect.objectContaining({ user_id: gone.id, service: 'comment' })]);
    const events = (await comment.published(commentDeleted)).map(({ data }) => data);
    expect(events.toSorted((a, b) => String(a['comment_id']).localeCompare(String(b['comment_id'])))).toEqual(
      [answered, below, alone].toSorted().map((comment_id) =>
        expect.objectContaining({
          comment_id,
          author_id: null,
          comments_count: comment_id === alone ? 0 : expect.any(Number),
        }),
      ),
    );
    const everything = await comment.ctx.db.collection('comments').find().toArray();
    const authors = await comment.ctx.db.collection('authors').find().toArray();
    expect(JSON.stringify([everything, authors])).not.toContain(gone.username);
    expect(JSON.stringify(everything)).not.toContain(gone.id);
  });

  it('goes batch by batch where the comments are many, with the counts exact to the end', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    await Promise.all(Array.from({ length: 60 }, () => comment.write(user, post_id)));
    const kept = await comment.write(aUser(), post_id);

    await comment.deliver(userDeleted, { user_id: user.id });

    await until(async () => (await erased(user.id)).length > 0);
    const { body, headers } = await comment.as().get(`/api/comments?post_id=${post_id}`).expect(200);
    expect([(body as { id: string }[]).map(({ id }) => id), headers['x-total-count']]).toEqual([[kept], '1']);
    const events = (await comment.published(commentDeleted)).filter(({ data }) => data['post_id'] === post_id);
    expect(events.map(({ data }) => data['comments_count']).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });

  it('gets no name again from news that comes late', async () => {
    const user = aUser();
    await comment.deliver(userDeleted, { user_id: user.id });

    await comment.deliver(userProfileUpdated, { user_id: user.id, username: 'ghost', username_revision: 99 });

    const authors = await comment.ctx.db.collection('authors').find({ username: 'ghost' }).toArray();
    expect(authors).toEqual([]);
    await until(async () => (await erased(user.id)).length > 0);
  });
});
