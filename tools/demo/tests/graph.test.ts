import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { bestConnected, parseGraph } from '../src/graph.ts';
import { readGraph } from '../src/read-graph.ts';
import { SentenceError } from '../src/sentence-error.ts';

const sample = (file: string) => fileURLToPath(new URL(`../sample/${file}`, import.meta.url));

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
    const { friends } = await readGraph(sample('village.edges'));
    expect(friends).toHaveLength(40);
    expect(friends.filter((list) => list.length === 0)).toEqual([]);
  });

  it('comes along as a college of 962 people and 18,812 pairs', async () => {
    const { friends } = await readGraph(sample('reed98.edges.gz'));
    expect(friends).toHaveLength(962);
    expect(friends.flat()).toHaveLength(2 * 18_812);
  });

  it('that cannot be unpacked, or is not there, is told of in a sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graph-'));
    const path = join(folder, 'a.edges.gz');
    await writeFile(path, '0 1');
    await expect(readGraph(path)).rejects.toThrow(
      new SentenceError(`The graph ${path} cannot be unpacked: incorrect header check.`),
    );
    await rm(folder, { recursive: true });
    await expect(readGraph(path)).rejects.toThrow(new SentenceError(`The graph ${path} cannot be read: ENOENT.`));
  });
});
