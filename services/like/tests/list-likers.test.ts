import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listLikeCounts, listLikers } from '@commons/contracts';
import { anId, aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedComment, aLikedPost, set, type LikeService } from './a-like.ts';

const clock = fakeClock();
let like: LikeService;
beforeAll(async () => {
  like = await buildService(service, { clock });
});
afterAll(() => like.stop());

describe('listing who likes a target', () => {
  it('lists them latest first, with the count of all', async () => {
    const post = aLikedPost();
    const [bob, carol, dave] = [aUser(), aUser(), aUser()];
    for (const user of [bob, carol, dave]) await set(like, post, user).expect(200);

    const { body } = await like.call(listLikers, { target_type: 'post', target_id: post.target_id, limit: 2 });

    const created_at = clock.now().toISOString();
    expect(body).toEqual({
      count: 3,
      likers: [
        { user_id: dave.id, username: dave.username, created_at, position: expect.any(String) },
        { user_id: carol.id, username: carol.username, created_at, position: expect.any(String) },
      ],
    });
  });

  it('goes on by `skip`, or before the position of the last one seen', async () => {
    const post = aLikedPost();
    const fans = [aUser(), aUser(), aUser(), aUser(), aUser()];
    for (const fan of fans) await set(like, post, fan).expect(200);
    const target = { target_type: 'post' as const, target_id: post.target_id, limit: 2 };

    const first = await like.call(listLikers, target).expect(200);
    const skipped = await like.call(listLikers, { ...target, skip: 2 }).expect(200);
    const after = await like.call(listLikers, { ...target, before: first.body.likers[1].position }).expect(200);
    const past = await like.call(listLikers, { ...target, skip: 5 }).expect(200);

    const ids = (body: { likers: { user_id: string }[] }) => body.likers.map(({ user_id }) => user_id);
    const latestFirst = fans.map(({ id }) => id).toReversed();
    expect(ids(first.body)).toEqual(latestFirst.slice(0, 2));
    expect(ids(skipped.body)).toEqual(latestFirst.slice(2, 4));
    expect(ids(after.body)).toEqual(latestFirst.slice(2, 4));
    expect(past.body).toEqual({ count: 5, likers: [] });
  });

  it('knows nobody who likes what was never liked', async () => {
    const { body } = await like.call(listLikers, { target_type: 'comment', target_id: anId() }).expect(200);

    expect(body).toEqual({ count: 0, likers: [] });
  });

  it('refuses a position that it did not give, and callers that may not ask', async () => {
    const target = { target_type: 'post' as const, target_id: anId() };

    const { body } = await like.call(listLikers, { ...target, before: 'nonsense' }).expect(400);

    expect(body).toMatchObject({ code: 'invalid_cursor' });
    await like.call(listLikers, target, { caller: 'auth' }).expect(403);
    await like.call(listLikers, { ...target, limit: 102 }).expect(422);
  });
});

describe('listing all counts', () => {
  it('goes through the targets of a type in the order of their ids', async () => {
    const comments = [aLikedComment(), aLikedComment(), aLikedComment()];
    for (const comment of comments) await set(like, comment, aUser()).expect(200);
    await set(like, comments[0]!, aUser()).expect(200);
    const expected = comments
      .map(({ target_id }, index) => ({
        target_id,
        likes_count: index === 0 ? 2 : 1,
        revision: index === 0 ? 2 : 1,
      }))
      .toSorted((a, b) => (a.target_id < b.target_id ? -1 : 1));

    const first = await like.call(listLikeCounts, { target_type: 'comment', limit: 2 }).expect(200);
    const rest = await like
      .call(listLikeCounts, { target_type: 'comment', limit: 2, after: expected[1]!.target_id })
      .expect(200);

    expect(first.body).toEqual({ counts: expected.slice(0, 2) });
    expect(rest.body).toEqual({ counts: expected.slice(2) });
  });
});
