import { describe, expect, it } from '@jest/globals';
import { howFast, percentile, whatWasMade } from '../src/summary.ts';

describe('the closing words', () => {
  it('count what was made, what was there and what was refused', () => {
    const loaded = {
      made: { people: 40, posts: 1000, comments: 0 },
      found: { people: 0, posts: 2, comments: 1200 },
      likes: 12345,
      refused: new Map([['POST /api/posts answered 500', 3]]),
    };
    expect(whatWasMade(loaded).split('\n')).toEqual([
      'Made',
      '  40 people',
      '  1,000 posts (and 2 that were there)',
      '  0 comments (and 1,200 that were there)',
      '  12,345 likes (a like that was there stays one)',
      'Refused',
      '  3 × POST /api/posts answered 500',
    ]);
  });

  it('say how fast it went, and how often it had to slow down', () => {
    expect(howFast({ latenciesMs: [30, 10, 20], waits: 0 }, 2)).toBe(
      '3 requests in 2.0 s: 2 a second, p50 20.0 ms, p99 30.0 ms',
    );
    expect(howFast({ latenciesMs: [1], waits: 4 }, 1)).toBe(
      '1 requests in 1.0 s: 1 a second, p50 1.0 ms, p99 1.0 ms\nTold to slow down 4 times (429), and waited as long as asked',
    );
  });

  it('take percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.99, 1].map((quantile) => percentile(hundred, quantile))).toEqual([1, 50, 99, 100]);
    expect(percentile([], 0.5)).toBe(0);
  });
});
