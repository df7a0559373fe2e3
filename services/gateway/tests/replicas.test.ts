import { describe, expect, it } from '@jest/globals';
import { addressesOf, createReplicas, isAddressList } from '../src/domain/replicas.ts';

const [a, b, c] = ['http://a:1', 'http://b:2', 'http://c:3'].map((address) => new URL(address)) as [URL, URL, URL];

describe('replicas', () => {
  it('are first in turn', () => {
    const replicas = createReplicas([a, b, c]);

    expect([replicas.inTurn(), replicas.inTurn(), replicas.inTurn(), replicas.inTurn()]).toEqual([
      [a, b, c],
      [b, c, a],
      [c, a, b],
      [a, b, c],
    ]);
  });

  it('that were away come last for two seconds', () => {
    let now = 0;
    const replicas = createReplicas([a, b, c], () => now);
    replicas.wasAway(a);

    const at = (time: number): URL[] => {
      now = time;
      return replicas.inTurn();
    };

    expect([at(0), at(1), at(1_999), at(2_000)]).toEqual([
      [b, c, a],
      [b, c, a],
      [c, b, a],
      [a, b, c],
    ]);
  });

  it('that are all away are tried all the same', () => {
    const replicas = createReplicas([a, b]);
    [a, b].forEach((replica) => replicas.wasAway(replica));

    expect(replicas.inTurn()).toEqual([a, b]);
  });
});

describe('a list of addresses', () => {
  it.each([
    ['http://127.0.0.1:4007', ['http://127.0.0.1:4007/']],
    ['http://a:1 , http://b', ['http://a:1/', 'http://b/']],
  ])('%s is read', (text, addresses) => {
    expect([isAddressList(text), addressesOf(text).map(String)]).toEqual([true, addresses]);
  });

  it.each(['', 'a', 'ws://a', 'https://a', 'http://a,'])('%j is none', (text) => {
    expect(isAddressList(text)).toBe(false);
  });
});
