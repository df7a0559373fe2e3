import { describe, expect, it } from '@jest/globals';
import { entityTag, requireMatch } from '../src/http/etag.ts';

describe('entity tags', () => {
  it('differ where the body differs, though the revision is the same', () => {
    expect(entityTag(3, { likes: 1 })).not.toBe(entityTag(3, { likes: 2 }));
  });

  it('match by revision, whatever else has changed', () => {
    const tag = entityTag(3, { likes: 1 });

    expect(() => requireMatch(tag, 3)).not.toThrow();
    expect(() => requireMatch(`"0-x", W/${tag}`, 3)).not.toThrow();
    expect(() => requireMatch('*', 3)).not.toThrow();
    expect(() => requireMatch(undefined, 3)).not.toThrow();
  });

  it('refuse a stale or unreadable If-Match', () => {
    expect(() => requireMatch(entityTag(2, {}), 3)).toThrow('It has changed since you read it.');
    expect(() => requireMatch('nonsense', 3)).toThrow('It has changed since you read it.');
  });
});
