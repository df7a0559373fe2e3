import { SentenceError } from './sentence-error.ts';

/** Who knows whom: people are the numbers 0 to `friends.length - 1`, each with the others that they know, in order. */
export interface Graph {
  friends: number[][];
}

/**
 * Reads an edge list: a pair `a b` a line, split by blanks or a comma; lines from `#` or `%` on are comments, what
 * follows the pair (a weight, a time) is left out, as are repetitions, directions and pairs of one with oneself.
 * Throws a sentence that names the first line that is no pair.
 */
export function parseGraph(text: string): Graph {
  const friendsByName = new Map<string, Set<string>>();
  const friendsOf = (name: string) => {
    const friends = friendsByName.get(name) ?? new Set();
    friendsByName.set(name, friends);
    return friends;
  };
  for (const [a, b] of pairsOf(text)) {
    if (a === b) continue;
    friendsOf(a).add(b);
    friendsOf(b).add(a);
  }
  if (friendsByName.size === 0) throw new SentenceError('The graph has no pair of people in it.');
  return numbered(friendsByName);
}

/** The `people` best connected ones and what they have among themselves; the whole graph where it has no more. */
export function bestConnected(graph: Graph, people: number): Graph {
  const kept = graph.friends
    .map((friends, person) => ({ person, count: friends.length }))
    .sort((a, b) => b.count - a.count || a.person - b.person)
    .slice(0, people)
    .map(({ person }) => person);
  const numberOf = new Map(kept.map((person, number) => [person, number]));
  const friends = kept.map((person) => (graph.friends[person] ?? []).flatMap((friend) => numberOf.get(friend) ?? []));
  return { friends: friends.map((list) => list.sort((a, b) => a - b)) };
}

function pairsOf(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.replace(/[#%].*$/, '').trim();
    if (content === '') return [];
    const [a, b] = content.split(/[\s,]+/);
    if (a === undefined || b === undefined) {
      throw new SentenceError(`Line ${index + 1} of the graph is no pair of people: "${line.trim()}".`);
    }
    return [[a, b]];
  });
}

function numbered(friendsByName: ReadonlyMap<string, ReadonlySet<string>>): Graph {
  const names = [...friendsByName.keys()];
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const friends = [...friendsByName.values()].map((others) =>
    [...others].flatMap((other) => numberOf.get(other) ?? []),
  );
  return { friends: friends.map((list) => list.sort((a, b) => a - b)) };
}
