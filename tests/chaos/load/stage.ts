import type { Random } from '../plan/random.ts';
import type { CommentEntry, Ledger, PostEntry } from '../ledger/ledger.ts';
import type { Api } from './api.ts';
import type { Traffic } from './traffic.ts';

export type LoadUser = { id: string; username: string; password: string; token: string };

/** What every operation of the load works with. */
export type Stage = {
  api: Api;
  traffic: Traffic;
  ledger: Ledger;
  random: Random;
  users: LoadUser[];
  admin: { token: string };
  /** Begins every name and every text of this run. */
  label: string;
  /** The latest `ETag` of posts and comments; missing where it is not known. */
  tags: Map<string, string>;
  /** Names words that nothing else of the run has. */
  words(kind: string): string;
  /** Runs `work` unless another request about the same thing is on its way; then nothing is done. */
  alone(key: string, work: () => Promise<void>): Promise<void>;
};

export type Operation = (stage: Stage) => Promise<void>;

/** How many of the latest things are still talked about. */
const RECENT = 40;

/** A stage with nobody on it. */
export function createStage(parts: Pick<Stage, 'api' | 'traffic' | 'ledger' | 'random' | 'admin' | 'label'>): Stage {
  const busy = new Set<string>();
  let count = 0;
  return {
    ...parts,
    users: [],
    tags: new Map(),
    words: (kind) => `${parts.label} ${kind} ${++count}`,
    async alone(key, work) {
      if (busy.has(key)) return;
      busy.add(key);
      try {
        await work();
      } finally {
        busy.delete(key);
      }
    },
  };
}

/** One of the latest posts that are still there, by somebody if that is asked for. */
export function recentPost({ ledger, random }: Stage, authorId?: string): PostEntry | undefined {
  return recent([...ledger.posts.values()], random, authorId);
}

/** One of the latest comments that are still there, whose post is too. */
export function recentComment({ ledger, random }: Stage, authorId?: string): CommentEntry | undefined {
  const comments = [...ledger.comments.values()].slice(-4 * RECENT);
  return recent(
    comments.filter(({ postId }) => ledger.posts.get(postId)?.gone === 'no'),
    random,
    authorId,
  );
}

function recent<Item extends { gone: string; authorId: string }>(
  items: readonly Item[],
  random: Random,
  authorId: string | undefined,
): Item | undefined {
  const wanted = items.filter((item) => item.gone === 'no' && (authorId === undefined || item.authorId === authorId));
  const latest = wanted.slice(-RECENT);
  return latest.length > 0 ? random.pick(latest) : undefined;
}
