import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getVisiblePost, listLikers, setLike, visibility, type Visibility } from '@commons/contracts';
import { anAdmin, aUser, buildService, fakeCall, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';
import { block, follow } from './relations.ts';

let post: PostService;
beforeAll(async () => {
  const fakes = [
    fakeCall(setLike, () => ({ liked: true, likes_count: 1 })),
    fakeCall(listLikers, () => ({ count: 0, likers: [] })),
  ];
  post = await buildService(service, { fakes });
});
afterAll(() => post.stop());

/** A reader, what is between them and the author, and what they see. */
type Case = {
  reader: TestUser | undefined;
  prepare?: (reader: TestUser, author: TestUser) => Promise<unknown>;
  sees: readonly Visibility[];
};

/** Blocks hold also while the end of the subscription has not been heard of: hence each of these follows. */
const cases: [string, () => Case][] = [
  ['nobody', () => ({ reader: undefined, sees: ['public'] })],
  ['somebody', () => ({ reader: aUser(), sees: ['public'] })],
  [
    'somebody whom the author follows',
    () => ({ reader: aUser(), prepare: (reader, author) => follow(post, author, reader), sees: ['public'] }),
  ],
  [
    'a follower',
    () => ({
      reader: aUser(),
      prepare: (reader, author) => follow(post, reader, author),
      sees: ['public', 'followers'],
    }),
  ],
  [
    'a follower who blocks the author',
    () => ({
      reader: aUser(),
      prepare: (reader, author) => Promise.all([follow(post, reader, author), block(post, reader, author)]),
      sees: [],
    }),
  ],
  [
    'a follower whom the author blocks',
    () => ({
      reader: aUser(),
      prepare: (reader, author) => Promise.all([follow(post, reader, author), block(post, author, reader)]),
      sees: [],
    }),
  ],
  ['an admin', () => ({ reader: anAdmin(), sees: visibility.options })],
  [
    'an admin whom the author blocks',
    () => ({ reader: anAdmin(), prepare: (reader, author) => block(post, author, reader), sees: visibility.options }),
  ],
];

type Listed = { count?: number; results: { id: string }[] };

describe.each(visibility.options)('a post that is %s', (option) => {
  it.each(cases)('is for %s what it should be, on every way to it', async (_, make) => {
    const { reader, prepare, sees } = make();
    const author = aUser();
    if (reader && prepare) await prepare(reader, author);
    const word = `word${author.username}`;
    const id = await publish(post, author, { visibility: option, tags: [author.username], title: word });
    const isSeen = sees.includes(option);
    const as = post.as(reader);

    for (const path of ['', '/likes']) {
      const { status, body } = await as.get(`/api/posts/${id}${path}`);
      expect([path, status, body.code]).toEqual(isSeen ? [path, 200, undefined] : [path, 404, 'post_not_found']);
    }
    const image = await as.get(`/api/posts/${id}/image`).expect(404);
    expect(image.body.code).toBe(isSeen ? 'image_not_found' : 'post_not_found');
    const likes = [
      await as.post(`/api/posts/${id}/like`),
      await as.put(`/api/posts/${id}/like`),
      await as.delete(`/api/posts/${id}/like`),
    ];
    const answer = !reader ? 401 : isSeen ? 200 : 404;
    expect(likes.map(({ status }) => status)).toEqual([answer, answer, answer]);
    const call = await post.call(getVisiblePost, { post_id: id }, { ...(reader && { as: reader }) });
    expect(call.status).toBe(isSeen ? 200 : 404);
    if (reader) {
      const viewer = { id: reader.id, roles: reader.roles };
      expect((await post.call(getVisiblePost, { post_id: id, viewer })).status).toBe(isSeen ? 200 : 404);
    }

    const both = `author_id=${author.id}&tag=${author.username}`;
    for (const query of [`author_id=${author.id}`, both, `author_id=${author.id}&q=${word}`])
      expect(await listed(reader, query)).toEqual(isSeen ? { count: 1, ids: [id] } : { count: 0, ids: [] });
    // What is for followers is in its author's list and in the feed alone.
    const isAmongAll = isSeen && (option !== 'followers' || reader?.roles.includes('admin') === true);
    for (const query of [`tag=${author.username}`, `q=${word}`])
      expect(await listed(reader, query)).toEqual(isAmongAll ? { count: 1, ids: [id] } : { count: 0, ids: [] });
    const { body: all } = await as.get('/api/posts?limit=1').expect(200);
    expect((all as Listed).results.map((first) => first.id).includes(id)).toBe(isAmongAll);

    const isRightful = reader?.roles.includes('admin') === true;
    const refused = !reader ? 401 : isSeen ? 403 : 404;
    expect((await as.patch(`/api/posts/${id}`).send({ title: word })).status).toBe(isRightful ? 200 : refused);
    expect((await as.delete(`/api/posts/${id}`)).status).toBe(isRightful ? 204 : refused);
  });

  it('is always there for its author', async () => {
    const author = aUser();
    const id = await publish(post, author, { visibility: option, tags: [author.username] });

    await post.as(author).get(`/api/posts/${id}`).expect(200);
    await post.as(author).put(`/api/posts/${id}/like`).expect(200);
    for (const query of [`author_id=${author.id}`, `tag=${author.username}`])
      expect(await listed(author, query)).toEqual({ count: 1, ids: [id] });
    await post.as(author).delete(`/api/posts/${id}`).expect(204);
  });
});

/** What a list holds, by page and by cursor alike. */
async function listed(reader: TestUser | undefined, query: string): Promise<{ count: number; ids: string[] }> {
  const { body } = await post.as(reader).get(`/api/posts?${query}`).expect(200);
  const { body: read } = await post.as(reader).get(`/api/posts?${query}&cursor=`).expect(200);
  const idsOf = ({ results }: Listed) => results.map(({ id }) => id);
  expect(idsOf(read as Listed)).toEqual(idsOf(body as Listed));
  return { count: (body as { count: number }).count, ids: idsOf(body as Listed) };
}
