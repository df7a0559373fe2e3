import type { Api } from '../api.ts';
import type { Progress } from '../progress.ts';

export type Kind = 'people' | 'subscriptions' | 'posts' | 'comments' | 'projects' | 'applications';

/** What one run did: what is new, what an earlier run had made, and what was refused, by what the platform answered. */
export interface Loaded {
  made: Record<Kind, number>;
  found: Record<Kind, number>;
  likes: number;
  refused: Map<string, number>;
}

/** What every step of a run needs. */
export interface Loading {
  api: Api;
  loaded: Loaded;
  concurrency: number;
  progress: Progress;
}

const nothing = (): Record<Kind, number> => ({
  people: 0,
  subscriptions: 0,
  posts: 0,
  comments: 0,
  projects: 0,
  applications: 0,
});

/** A run that has not done anything yet. */
export const beginLoading = (options: Omit<Loading, 'loaded'>): Loading => ({
  ...options,
  loaded: { made: nothing(), found: nothing(), likes: 0, refused: new Map() },
});

/** Counts a thing, as found where an earlier run made it, and makes it otherwise. */
export async function makeUnless(isThere: boolean, kind: Kind, { made, found }: Loaded, make: () => Promise<unknown>) {
  if (!isThere) await make();
  (isThere ? found : made)[kind] += 1;
}
