import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../src/options.ts';
import { SentenceError } from '../src/sentence-error.ts';

const SAMPLES = { college: '/samples/college.gz', village: '/samples/village' };

describe('the command line', () => {
  it('may be empty', () => {
    expect(parseOptions([], SAMPLES)).toEqual({
      url: 'http://localhost:8000',
      graph: '/samples/college.gz',
      seed: 1,
      people: 1000,
      postsPerUser: 2,
      concurrency: 16,
    });
  });

  it('says what differs', () => {
    const argv = '--url https://x.test/ --graph a.edges --seed 0 --people 5 --posts-per-user 0 --concurrency 1'.split(
      ' ',
    );
    expect(parseOptions(argv, SAMPLES)).toEqual({
      url: 'https://x.test',
      graph: 'a.edges',
      seed: 0,
      people: 5,
      postsPerUser: 0,
      concurrency: 1,
    });
  });

  it('may name a sample', () => {
    expect(parseOptions(['--graph', 'village'], SAMPLES)).toMatchObject({ graph: '/samples/village' });
  });

  it('may ask for help', () => {
    expect(parseOptions(['--help'], SAMPLES)).toBe('help');
    expect(parseOptions(['-h'], SAMPLES)).toBe('help');
  });

  it.each([
    ['--people 1', '--people must be a whole number from 2, not "1".'],
    ['--seed 1.5', '--seed must be a whole number from 0, not "1.5".'],
    ['--concurrency none', '--concurrency must be a whole number from 1, not "none".'],
    ['--url localhost:8000', '--url must be an address like http://localhost:8000, not "localhost:8000".'],
    ['--fast', "Unknown option '--fast' (see npm run demo -- --help)"],
  ])('answers %s with a sentence', (argv, sentence) => {
    expect(() => parseOptions(argv.split(' '), SAMPLES)).toThrow(new SentenceError(sentence));
  });
});
