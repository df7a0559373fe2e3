import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { cursorHeaders, decodeCursor, encodeCursor, pageHeaders, pageQuery, toPage } from '../src/http/pagination.ts';
import { withRequest } from '../src/http/request-context.ts';

const request = {
  requestId: 'r',
  ip: null,
  userAgent: null,
  actorId: null,
  authorization: null,
  publicBaseUrl: 'https://api.example',
};

describe('pagination', () => {
  it('links to the pages beside it by full URLs, with the other parameters kept', () => {
    const page = withRequest(request, () =>
      toPage(['c'], { count: 5, page: 2, limit: 2, url: '/api/posts?tag=a%20b&page=2&limit=2' }),
    );

    expect(page).toEqual({
      count: 5,
      next: 'https://api.example/api/posts?tag=a+b&page=3&limit=2',
      previous: 'https://api.example/api/posts?tag=a+b&page=1&limit=2',
      results: ['c'],
    });
  });

  it('has no next on the last page, and leads back from beyond the end', () => {
    expect(toPage([], { count: 0, page: 1, limit: 20, url: '/x' })).toEqual({
      count: 0,
      next: null,
      previous: null,
      results: [],
    });
    expect(toPage([], { count: 3, page: 9, limit: 2, url: '/x' })).toEqual({
      count: 3,
      next: null,
      previous: '/x?page=2',
      results: [],
    });
  });

  it('puts the same into headers for lists that are bare arrays', () => {
    expect(pageHeaders({ count: 3, page: 1, limit: 2, url: '/x' })).toEqual({
      'x-total-count': '3',
      link: '</x?page=2>; rel="next"',
    });
    expect(pageHeaders({ count: 1, page: 1, limit: 2, url: '/x' })).toEqual({ 'x-total-count': '1' });
  });

  it('cuts a limit over 100 and refuses one below 1', () => {
    const query = z.object(pageQuery);

    expect(query.parse({ limit: '1000' })).toEqual({ page: 1, limit: 100 });
    expect(query.safeParse({ limit: '0' }).success).toBe(false);
    expect(query.safeParse({ limit: 'ten' }).success).toBe(false);
    expect(query.safeParse({ page: ['1', '2'] }).success).toBe(false);
  });

  it('gives back what a cursor holds, and refuses one that it did not make', () => {
    const shape = z.tuple([z.string(), z.number()]);

    expect(decodeCursor(encodeCursor(['a', 1]), shape)).toEqual(['a', 1]);
    expect(decodeCursor('', shape)).toBeUndefined();
    expect(() => decodeCursor('garbage', shape)).toThrow('is not one that this list gave');
    expect(() => decodeCursor(encodeCursor([{ $gt: '' }, 1]), shape)).toThrow('is not one that this list gave');
  });

  it('links a bare array that is read by cursor to what follows, and says nothing at its end', () => {
    const list = { count: 3, url: '/api/comments?post_id=a&limit=2&cursor=' };

    const first = withRequest(request, () => cursorHeaders({ ...list, nextCursor: 'WzFd' }));

    expect(first).toEqual({
      'x-total-count': '3',
      link: '<https://api.example/api/comments?post_id=a&limit=2&cursor=WzFd>; rel="next"',
    });
    expect(cursorHeaders({ ...list, nextCursor: null })).toEqual({ 'x-total-count': '3' });
    expect(cursorHeaders({ url: '/x', nextCursor: null })).toEqual({});
  });
});
