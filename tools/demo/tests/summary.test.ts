import { describe, expect, it } from '@jest/globals';
import { howFast, percentile, whatToLookAt, whatWasMade } from '../src/summary.ts';

describe('the closing words', () => {
  it('count what was made, what was there and what was refused', () => {
    const loaded = {
      made: { people: 40, subscriptions: 160, posts: 1000, comments: 0, projects: 2, applications: 7 },
      found: { people: 0, subscriptions: 0, posts: 2, comments: 1200, projects: 0, applications: 0 },
      likes: 12345,
      refused: new Map([['POST /api/posts answered 500', 3]]),
    };
    expect(whatWasMade(loaded).split('\n')).toEqual([
      'Made',
      '  40 people',
      '  160 subscriptions',
      '  1,000 posts (and 2 that were there)',
      '  0 comments (and 1,200 that were there)',
      '  2 projects',
      '  7 applications',
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

  it('say where to look, and who waits for an answer where somebody does', () => {
    const visit = { url: 'http://x.test', username: 'ada.abara', shyUsername: 'yara.wolf', password: 'words' };
    const words = whatToLookAt(visit);
    expect(words).toContain('http://x.test/api/profiles?q=ad ');
    expect(words).toContain('-d \'{"username":"ada.abara","password":"words"}\'');
    expect(words).toContain('yara.wolf has a profile that is not public');
    expect(whatToLookAt({ ...visit, shyUsername: undefined })).not.toContain('not public');
  });

  it('take percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.99, 1].map((quantile) => percentile(hundred, quantile))).toEqual([1, 50, 99, 100]);
    expect(percentile([], 0.5)).toBe(0);
  });
});
