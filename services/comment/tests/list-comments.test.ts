import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCreated } from '@commons/contracts';
import { aUser, anId, PUBLIC_URL } from '@commons/platform/testing';
import { buildComment, told, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

/** A post with so many comments. */
async function aThread(length: number): Promise<{ postId: string; ids: string[] }> {
  const { post_id } = comment.given();
  const ids: string[] = [];
  for (let index = 0; index < length; index++) ids.push(await comment.write(aUser(), post_id));
  return { postId: post_id, ids };
}

describe('the comments on a post', () => {
  it('are oldest first, page by page, with links to the pages beside and the count in headers', async () => {
    const { postId, ids } = await aThread(5);
    const page = (number: number) => comment.as().get(`/api/comments?post_id=${postId}&limit=2&page=${number}`);
    const link = (number: number) => `<${PUBLIC_URL}/api/comments?post_id=${postId}&limit=2&page=${number}>`;

    const pages = [await page(1), await page(2), await page(3), await page(4)];

    expect(pages.map(({ body }) => (body as { id: string }[]).map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      ids.slice(4),
      [],
    ]);
    expect(pages.map(({ headers }) => [headers['x-total-count'], headers['link']])).toEqual([
      ['5', `${link(2)}; rel="next"`],
      ['5', `${link(3)}; rel="next", ${link(1)}; rel="prev"`],
      ['5', `${link(2)}; rel="prev"`],
      ['5', `${link(3)}; rel="prev"`],
    ]);
  });

  it('are read to any depth by cursor, each once, also where new ones come meanwhile', async () => {
    const { postId, ids } = await aThread(5);
    const found: string[] = [];

    let url: string | undefined = `/api/comments?post_id=${postId}&limit=2&cursor=`;
    while (url !== undefined) {
      const page: { body: unknown; headers: Record<string, string> } = await comment.as().get(url).expect(200);
      found.push(...(page.body as { id: string }[]).map(({ id }) => id));
      url = /<(.+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1]?.replace(PUBLIC_URL, '');
      if (found.length === 2) ids.push(await comment.write(aUser(), postId));
    }

    expect(found).toEqual(ids);
  });

  it('are none below a post on which nobody has said anything', async () => {
    const post = comment.given();

    const { body, headers } = await comment.as().get(`/api/comments?post_id=${post.post_id}`).expect(200);

    expect([body, headers['x-total-count'], headers['link']]).toEqual([[], '0', undefined]);
  });

  it('are read from one database: nobody is asked about a public post that is known', async () => {
    const post = comment.given();
    await comment.deliver(postCreated, told(post));
    const asked = comment.asked.length;

    await comment.list(post.post_id);
    await comment.list(post.post_id, '', aUser());

    expect(comment.asked).toHaveLength(asked);
  });

  it('ask `post` once about a post that is not known yet', async () => {
    const post = comment.given();
    const asked = comment.asked.length;

    await comment.list(post.post_id);
    await comment.list(post.post_id);

    expect(comment.asked.slice(asked)).toEqual([{ post_id: post.post_id }]);
  });

  it('are 404 below a post that is not there, and 400 for a query that is none', async () => {
    const { body } = await comment.as().get(`/api/comments?post_id=${anId()}`).expect(404);
    expect(body).toMatchObject({ status: 404, code: 'post_not_found' });

    const queries = [
      '',
      'post_id=',
      'post_id=x',
      `post_id=${anId()}&post_id=${anId()}`,
      `post_id=${anId()}&page=0`,
      `post_id=${anId()}&page=a`,
      `post_id=${anId()}&limit=0`,
      `post_id=${anId()}&limit=-1`,
      `post_id=${anId()}&page=${'9'.repeat(400)}`,
      `post_id=${anId()}&tree=maybe`,
    ];
    for (const query of queries) await comment.as().get(`/api/comments?${query}`).expect(400);
  });

  it('take no cursor that they did not give', async () => {
    const { post_id } = comment.given();
    for (const cursor of ['x', '%00', 'e30', Buffer.from('["2026","y"]').toString('base64url')]) {
      const { body } = await comment.as().get(`/api/comments?post_id=${post_id}&cursor=${cursor}`).expect(400);
      expect(body).toMatchObject({ code: 'invalid_cursor' });
    }
  });

  it('cut a limit over 100 to 100', async () => {
    const { postId } = await aThread(1);

    const { headers } = await comment.as().get(`/api/comments?post_id=${postId}&limit=100000`).expect(200);

    expect(headers['x-total-count']).toBe('1');
  });
});

describe('the tree of comments', () => {
  it('nests answers below what they answer, oldest first, and pages by the comments at the top', async () => {
    const { postId, ids } = await aThread(3);
    const [a, b, c] = ids as [string, string, string];
    const a1 = await comment.write(aUser(), postId, { parent: a });
    const b1 = await comment.write(aUser(), postId, { parent: b });
    const a11 = await comment.write(aUser(), postId, { parent: a1 });
    const a2 = await comment.write(aUser(), postId, { parent: a });

    const { body, headers } = await comment.as().get(`/api/comments?post_id=${postId}&tree=true&limit=2`).expect(200);
    const rest = await comment.list(postId, '&tree=true&limit=2&page=2');

    type Shape = { id: string; replies_count?: number; replies?: Shape[] };
    const shape = ({ id, replies_count, replies }: Shape): unknown => [id, replies_count, replies?.map(shape)];
    expect((body as Shape[]).map(shape)).toEqual([
      [
        a,
        2,
        [
          [a1, 1, [[a11, 0, []]]],
          [a2, 0, []],
        ],
      ],
      [b, 1, [[b1, 0, []]]],
    ]);
    expect(rest.map(shape)).toEqual([[c, 0, []]]);
    expect([headers['x-total-count'], headers['link']]).toEqual([
      '3',
      `<${PUBLIC_URL}/api/comments?post_id=${postId}&tree=true&limit=2&page=2>; rel="next"`,
    ]);
  });

  it('grows no deeper than ten: what answers the tenth stands beside it', async () => {
    const { postId, ids } = await aThread(1);
    for (let depth = 2; depth <= 12; depth++) {
      ids.push(await comment.write(aUser(), postId, { parent: ids.at(-1)! }));
    }

    let level = await comment.list(postId, '&tree=true');

    const levels: string[][] = [];
    for (; level.length > 0; level = level.flatMap(({ replies }) => replies ?? []))
      levels.push(level.map(({ id }) => id));
    expect(levels).toEqual([...ids.slice(0, 9).map((id) => [id]), ids.slice(9)]);
  });

  it('shows at most a hundred answers of one branch, and says how many there are', async () => {
    const { postId, ids } = await aThread(2);
    const replies = await Promise.all(
      Array.from({ length: 103 }, () => comment.write(aUser(), postId, { parent: ids[0]! })),
    );
    const other = await comment.write(aUser(), postId, { parent: ids[1]! });

    const [first, second] = await comment.list(postId, '&tree=true');

    expect([first?.replies_count, first?.replies?.length]).toEqual([replies.length, 100]);
    expect(second?.replies?.map(({ id }) => id)).toEqual([other]);
  });
});
