import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../src/options.ts';
import { SentenceError } from '../src/sentence-error.ts';

describe('the command line', () => {
  it('says who one is, and may say where and with which address', () => {
    expect(parseOptions(['--as', 'alice'])).toEqual({
      username: 'alice',
      email: 'alice@example.com',
      url: 'http://localhost:8000',
    });
    expect(parseOptions('--as bob --email b@x.test --url https://x.test/'.split(' '))).toEqual({
      username: 'bob',
      email: 'b@x.test',
      url: 'https://x.test',
    });
  });

  it('may ask for help', () => {
    expect(parseOptions(['--help'])).toBe('help');
    expect(parseOptions(['-h'])).toBe('help');
  });

  it.each([
    ['', 'Say who you are with --as: 3 to 32 of A–Z, a–z, 0–9, "_", "." and "-", not "".'],
    ['--as al', 'Say who you are with --as: 3 to 32 of A–Z, a–z, 0–9, "_", "." and "-", not "al".'],
    ['--as alice --url localhost', '--url must be an address like http://localhost:8000, not "localhost".'],
    ['--loud', "Unknown option '--loud' (see npm run chat -- --help)"],
  ])('answers %j with a sentence', (argv, sentence) => {
    expect(() => parseOptions(argv === '' ? [] : argv.split(' '))).toThrow(new SentenceError(sentence));
  });
});
