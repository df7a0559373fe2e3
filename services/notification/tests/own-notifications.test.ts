import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentCreated, postLiked } from '@commons/contracts';
import { aUser, anAdmin, anId, fakeClock, PUBLIC_URL, type TestUser } from '@commons/platform/testing';
import { aComment, aLikedPost, buildNotification, type NotificationUnderTest } from './notification-service.ts';

const clock = fakeClock();
let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification({ clock });
});
afterAll(() => notification.stop());

/** Has a user be told of so many comments, a minute apart. @returns their notifications, newest first. */
async function tellOf(user: TestUser, count: number) {
  for (let index = 0; index < count; index++) {
    clock.advance(60_000);
    await notification.deliver(commentCreated, aComment({ author: aUser(), postAuthor: user }));
  }
  return notification.list(user, '?limit=100');
}

describe('own notifications', () => {
  it('are newest first, page by page, with links to the pages beside and the count in headers', async () => {
    const user = aUser();
    const all = await tellOf(user, 5);
    const page = (number: number) => notification.as(user).get(`/api/notifications?limit=2&page=${number}`).expect(200);
    const link = (number: number) => `<${PUBLIC_URL}/api/notifications?limit=2&page=${number}>`;

    const pages = [await page(1), await page(2), await page(3), await page(4)];

    expect(pages.map(({ body }) => body as unknown)).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4), []]);
    expect(all.map(({ created_at }) => created_at)).toEqual(
      all.map(({ created_at }) => created_at).toSorted((a, b) => (a < b ? 1 : -1)),
    );
    expect(pages.map(({ headers }) => [headers['x-total-count'], headers['link']])).toEqual([
      ['5', `${link(2)}; rel="next"`],
      ['5', `${link(3)}; rel="next", ${link(1)}; rel="prev"`],
      ['5', `${link(2)}; rel="prev"`],
      ['5', `${link(3)}; rel="prev"`],
    ]);
  });

  it('are read to any depth by cursor', async () => {
    const user = aUser();
    const all = await tellOf(user, 5);
    const found: unknown[] = [];

    let url: string | undefined = '/api/notifications?limit=2&cursor=';
    while (url !== undefined) {
      const page: { body: unknown; headers: Record<string, string> } = await notification.as(user).get(url).expect(200);
      found.push(...(page.body as unknown[]));
      url = /<(.+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1]?.replace(PUBLIC_URL, '');
    }

    expect(found).toEqual(all);
  });

  it('are those of one type, or unread ones, or both', async () => {
    const user = aUser();
    const [second, first] = await tellOf(user, 2);
    await notification.deliver(postLiked, aLikedPost(user).like(aUser()));
    await notification.as(user).patch(`/api/notifications/${first?.id}/mark-read`).expect(200);

    const [like] = await notification.list(user, '?type=LIKE');

    expect(await notification.list(user, '?unread_only=true')).toEqual([like, second]);
    expect(await notification.list(user, '?type=COMMENT&unread_only=true')).toEqual([second]);
    expect(await notification.list(user, '?type=COMMENT&unread_only=false')).toEqual([
      second,
      { ...first, read: true },
    ]);
    expect(await notification.list(user, '?type=FOLLOW')).toEqual([]);
  });

  it('are for their owner: nobody is asked for a token, and others see their own', async () => {
    await tellOf(aUser(), 1);

    expect(await notification.list(anAdmin())).toEqual([]);
    await notification.as().get('/api/notifications').expect(401);
    await notification.as().get('/api/notifications/unread-count').expect(401);
    await notification.as().post('/api/notifications/mark-all-read').expect(401);
  });

  it.each([
    'unread_only=1',
    'unread_only=',
    'type=like',
    'type=__proto__',
    'type=LIKE&type=LIKE',
    'page=0',
    'limit=0',
    'limit=x',
    `page=${'9'.repeat(400)}`,
    'cursor=x',
    'cursor=e30',
  ])('are not to be had by a query that is none: %s', async (query) => {
    await notification.as(aUser()).get(`/api/notifications?${query}`).expect(400);
  });
});

describe('marking', () => {
  it('one as read and unread again changes what is counted as unread', async () => {
    const user = aUser();
    const [newest] = await tellOf(user, 3);
    const put = (read: boolean) => notification.as(user).put(`/api/notifications/${newest?.id}`).send({ read });
    expect(await notification.unread(user)).toBe(3);

    expect((await put(true).expect(200)).body).toEqual({ id: newest?.id, read: true });
    expect(await notification.unread(user)).toBe(2);
    expect((await put(false).expect(200)).body).toEqual({ id: newest?.id, read: false });
    expect(await notification.unread(user)).toBe(3);
    const patch = () => notification.as(user).patch(`/api/notifications/${newest?.id}/mark-read`).expect(200);
    expect([(await patch()).body, (await patch()).body]).toEqual([
      { id: newest?.id, read: true },
      { id: newest?.id, read: true },
    ]);
    expect(await notification.list(user)).toContainEqual({ ...newest, read: true });
  });

  it('all as read says how many were unread', async () => {
    const [user, other] = [aUser(), aUser()];
    await tellOf(user, 3);
    await tellOf(other, 1);
    const markAll = () => notification.as(user).post('/api/notifications/mark-all-read').expect(200);

    expect([(await markAll()).body, (await markAll()).body]).toEqual([{ updated: 3 }, { updated: 0 }]);
    expect([await notification.unread(user), await notification.unread(other)]).toEqual([0, 1]);
  });

  it('is for the owner alone: 403 for others, admins too, and 404 for what is not there', async () => {
    const user = aUser();
    const [own] = await tellOf(user, 1);
    const statuses = async (as: TestUser | undefined, id: string | undefined) => [
      (await notification.as(as).put(`/api/notifications/${id}`).send({ read: true })).status,
      (await notification.as(as).patch(`/api/notifications/${id}/mark-read`)).status,
    ];

    expect(await statuses(aUser(), own?.id)).toEqual([403, 403]);
    expect(await statuses(anAdmin(), own?.id)).toEqual([403, 403]);
    expect(await statuses(undefined, own?.id)).toEqual([401, 401]);
    expect(await statuses(user, anId())).toEqual([404, 404]);
    expect(await statuses(user, 'x')).toEqual([400, 400]);
    expect(await notification.unread(user)).toBe(1);
  });

  it.each([[{}], [{ read: null }], [{ read: 'yes' }], [{ read: 1 }], [[]], [{ read: [true] }]])(
    'answers 400 to %j',
    async (body) => {
      const user = aUser();
      const [own] = await tellOf(user, 1);

      await notification.as(user).put(`/api/notifications/${own?.id}`).send(body).expect(400);
    },
  );
});
