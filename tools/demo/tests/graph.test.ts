import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { bestConnected, parseGraph } from '../src/graph.ts';
import { SentenceError } from '../src/sentence-error.ts';

describe('an edge list', () => {
  it('is a pair a line, with comments, commas, weights and either direction', () => {
    const text = '# people\n% of a network\n1 0\r\n0,2\n\n2\t1 0.5\n0 1\n2 2\n7 1\n';
    expect(parseGraph(text)).toEqual({ friends: [[1, 2, 3], [0, 2], [0, 1], [0]] });
  });

  it('names the first line that is no pair', () => {
    expect(() => parseGraph('0 1\n\nlonely\n')).toThrow(
      new SentenceError('Line 3 of the graph is no pair of people: "lonely".'),
    );
  });

  it('is refused when nobody knows anybody', () => {
    expect(() => parseGraph('# nothing\n')).toThrow(new SentenceError('The graph has no pair of people in it.'));
  });

  it('can be cut to the best connected people and what they have among themselves', () => {
    const star = parseGraph('0 1\n0 2\n0 3\n3 4\n3 1\n');
    expect(bestConnected(star, 3)).toEqual({
      friends: [
        [1, 2],
        [0, 2],
        [0, 1],
      ],
    });
    expect(bestConnected(star, 100).friends.map((friends) => friends.length)).toEqual([3, 3, 2, 1, 1]);
  });

  it('comes along as a village of 40 people, each with a friend', async () => {
    const { friends } = parseGraph(await readFile(new URL('../sample/village.edges', import.meta.url), 'utf8'));
    expect(friends).toHaveLength(40);
    expect(friends.filter((list) => list.length === 0)).toEqual([]);
  });
});
