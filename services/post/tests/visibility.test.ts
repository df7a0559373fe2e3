import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getVisiblePost, visibility } from '@commons/contracts';
import { anAdmin, aUser, buildService, type TestUser } from '@commons/platform/testing';
import { canSee } from '../src/domain/can-see.ts';
import { listsOf, readableLists } from '../src/domain/lists.ts';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

const author = aUser();
const admin = anAdmin();
const stranger = aUser();
const viewers: [string, TestUser | undefined][] = [
  ['nobody', undefined],
  ['a stranger', stranger],
  ['the author', author],
  ['an admin', admin],
];

describe('who may see a post', () => {
  const sees = (option: 'public' | 'followers' | 'private', viewer: TestUser | undefined, isFollower = false) =>
    canSee({ authorId: author.id, visibility: option }, viewer, { isFollower, isApart: false });

  it('is everybody, followers, or nobody but the author and admins', () => {
    expect(viewers.map(([, viewer]) => visibility.options.map((option) => sees(option, viewer)))).toEqual([
      [true, false, false],
      [true, false, false],
      [true, true, true],
      [true, true, true],
    ]);
    expect(visibility.options.map((option) => sees(option, stranger, true))).toEqual([true, true, false]);
  });

  it('is the same for one post as for lists, in which it stands once', () => {
    for (const [, viewer] of viewers) {
      for (const option of visibility.options) {
        for (const filter of [{}, { authorId: author.id }, { tag: 'A' }]) {
          const lists = listsOf({ authorId: author.id, tags: ['a'], visibility: option });
          const isListed = readableLists(viewer, filter).filter((list) => lists.includes(list)).length;
          expect(isListed).toBe(sees(option, viewer) ? 1 : 0);
        }
      }
    }
  });
});

describe.each(['followers', 'private'])('a post for %s', (option) => {
  it('is shown to its author and to admins, on every way to it', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { visibility: option, tags: [`for-${alice.username}`] });

    for (const viewer of [alice, admin]) {
      await post.as(viewer).get(`/api/posts/${id}`).expect(200);
      for (const query of [`author_id=${alice.id}`, `tag=for-${alice.username}`]) {
        const { body } = await post.as(viewer).get(`/api/posts?${query}`).expect(200);
        expect(body).toMatchObject({ count: 1, results: [{ id, visibility: option }] });
        const { body: read } = await post.as(viewer).get(`/api/posts?${query}&cursor=`).expect(200);
        expect(read).toMatchObject({ next_cursor: null, results: [{ id }] });
      }
      await post.call(getVisiblePost, { post_id: id }, { as: viewer }).expect(200);
    }
  });

  it.each([
    ['nobody', undefined],
    ['a stranger', aUser()],
  ])('is unknown to %s, on every way to it', async (_, viewer) => {
    const alice = aUser();
    const id = await publish(post, alice, { visibility: option, tags: [`for-${alice.username}`] });
    const as = post.as(viewer);
    const write = viewer ? 404 : 401;

    for (const path of ['', '/image', '/likes']) {
      const { body } = await as.get(`/api/posts/${id}${path}`).expect(404);
      expect(body).toMatchObject({ code: 'post_not_found' });
    }
    await as.post(`/api/posts/${id}/like`).expect(write);
    await as.put(`/api/posts/${id}/like`).expect(write);
    await as.delete(`/api/posts/${id}/like`).expect(write);
    await as.patch(`/api/posts/${id}`).send({ title: 'x' }).expect(write);
    await as.delete(`/api/posts/${id}`).expect(write);
    for (const query of [`author_id=${alice.id}`, `tag=for-${alice.username}`, 'limit=100']) {
      const { body } = await as.get(`/api/posts?${query}`).expect(200);
      expect(body.results.map((listed: { id: string }) => listed.id)).not.toContain(id);
    }
    expect((await as.get(`/api/posts?author_id=${alice.id}`)).body.count).toBe(0);
    expect((await as.get(`/api/tags?q=for-${alice.username}`)).body.count).toBe(0);
    await post.call(getVisiblePost, { post_id: id }, { ...(viewer && { as: viewer }) }).expect(404);
  });
});

describe('a list for everybody', () => {
  it('holds the own hidden posts among the public ones, in order, and counts them', async () => {
    const alice = aUser();
    const before = (await post.as(alice).get('/api/posts')).body.count as number;
    const ids = [];
    for (const option of ['public', 'private', 'public', 'followers'])
      ids.push(await publish(post, alice, { visibility: option }));
    await publish(post, aUser(), { visibility: 'private' });

    const { body } = await post.as(alice).get('/api/posts?limit=4').expect(200);

    expect(body.count).toBe(before + 4);
    expect(body.results.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
  });
});
