import { describe, expect, it } from '@jest/globals';
import { countChanges } from '../src/domain/counts.ts';
import { cutTo } from '../src/domain/list-part.ts';

describe('what is counted', () => {
  const nothing = { follower: { following: 0, requestsOut: 0 }, following: { followers: 0, requestsIn: 0 } };
  const accepted = (by: number) => ({ follower: { following: by }, following: { followers: by } });
  const pending = (by: number) => ({ follower: { requestsOut: by }, following: { requestsIn: by } });
  const both = (...changes: { follower: object; following: object }[]) => ({
    follower: Object.assign({}, ...[nothing, ...changes].map(({ follower }) => follower)) as object,
    following: Object.assign({}, ...[nothing, ...changes].map(({ following }) => following)) as object,
  });

  it.each([
    [undefined, 'accepted', both(accepted(1))],
    [undefined, 'pending', both(pending(1))],
    ['ended', 'accepted', both(accepted(1))],
    ['declined', 'pending', both(pending(1))],
    ['pending', 'accepted', both(accepted(1), pending(-1))],
    ['pending', 'declined', both(pending(-1))],
    ['pending', 'ended', both(pending(-1))],
    ['accepted', 'ended', both(accepted(-1))],
  ] as const)('changes from %s to %s', (from, to, changes) => {
    expect(countChanges(from, to)).toEqual(changes);
  });
});

describe('a part of a list', () => {
  const at = (id: string) => ({ id, createdAt: new Date(0) });

  it('knows its last place only where others follow', () => {
    expect(cutTo(2, [at('1'), at('2'), at('3')])).toEqual({ entries: [at('1'), at('2')], next: at('2') });
    expect(cutTo(2, [at('1'), at('2')])).toEqual({ entries: [at('1'), at('2')], next: null });
    expect(cutTo(2, [])).toEqual({ entries: [], next: null });
  });
});
