import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { open, seal } from '../src/domain/key-cipher.ts';
import { dueKey, publishedAt, signerAt } from '../src/domain/key-schedule.ts';
import { blockedUntil } from '../src/domain/login-window.ts';
import { searchKeys } from '../src/domain/search-keys.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);

describe('the schedule of keys', () => {
  const schedule = { periodMs: 1_000_000, aheadMs: 100_000, lingerMs: 50_000 };
  const first = { generation: 1, signsFrom: at(0) };
  const second = { generation: 2, signsFrom: at(1_000) };

  it('has the first key sign at once', () => {
    expect(dueKey([], at(5), schedule)).toEqual({ generation: 1, signsFrom: at(5) });
  });

  it('makes the next key ahead of its time, and late where it was missed', () => {
    expect(dueKey([first], at(899.999), schedule)).toBeUndefined();
    expect(dueKey([first], at(900), schedule)).toEqual(second);
    expect(dueKey([first], at(5_000), schedule)).toEqual({ generation: 2, signsFrom: at(5_100) });
    expect(dueKey([first, second], at(900), schedule)).toBeUndefined();
  });

  it('signs with the latest key whose time has come', () => {
    expect(signerAt([first, second], at(999.999))).toBe(first);
    expect(signerAt([first, second], at(1_000))).toBe(second);
    expect(signerAt([second], at(0))).toBe(second);
    expect(signerAt([], at(0))).toBeUndefined();
  });

  it('publishes a key until its last token is dead', () => {
    expect(publishedAt([first, second], at(1_049.999), schedule)).toEqual([first, second]);
    expect(publishedAt([first, second], at(1_050), schedule)).toEqual([second]);
  });
});

describe('the window of failed logins', () => {
  const policy = { allowed: 3, windowMs: 100_000 };

  it('is open up to the last allowed failure', () => {
    expect(blockedUntil([], at(0), policy)).toBeUndefined();
    expect(blockedUntil([at(1), at(2)], at(3), policy)).toBeUndefined();
  });

  it('closes until the oldest that counts has passed', () => {
    expect(blockedUntil([at(1), at(2), at(3)], at(3), policy)).toEqual(at(101));
    expect(blockedUntil([at(1), at(2), at(3)], at(101), policy)).toBeUndefined();
  });
});

describe('a sealed text', () => {
  const key = randomBytes(32);

  it('opens with its key and label', () => {
    expect(open(seal('secret', key, 'a'), key, 'a')).toBe('secret');
    expect(seal('secret', key, 'a')).not.toBe(seal('secret', key, 'a'));
  });

  it('opens with no other, nor changed', () => {
    const sealed = seal('secret', key, 'a');
    const [iv, tag, data] = sealed.split('.');

    expect(() => open(sealed, randomBytes(32), 'a')).toThrow();
    expect(() => open(sealed, key, 'b')).toThrow();
    expect(() => open(`${iv}.${tag}.${Buffer.from('other!').toString('base64url')}`, key, 'a')).toThrow();
    expect(() => open(`${iv}.${data}`, key, 'a')).toThrow('this was not sealed');
  });
});

describe('search keys', () => {
  it('are every word of the names with what follows it, the e-mail and its domain, without case', () => {
    expect(
      searchKeys({ username: 'Ann_Lee', email: 'Ann@Example.com', firstName: 'Ann Marie', lastName: 'Lee' }),
    ).toEqual(['ann_lee', 'lee', 'ann marie lee', 'marie lee', 'ann@example.com', 'example.com']);
  });

  it('are none for nothing', () => {
    expect(searchKeys({ username: '', email: '', firstName: ' ', lastName: '' })).toEqual([]);
  });
});
