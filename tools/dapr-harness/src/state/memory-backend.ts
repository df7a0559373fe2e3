import { SWEEP_INTERVAL_MS } from './state-backend.ts';
import type { Clock, StateBackend, StateEntry } from './state-backend.ts';

/** Entries in the memory of this process. */
export function createMemoryBackend(now: Clock = Date.now): StateBackend {
  const entries = new Map<string, StateEntry>();
  let sweptAt = now();
  let undo: Map<string, StateEntry | undefined> | undefined;

  const remember = (key: string) => {
    if (undo && !undo.has(key)) undo.set(key, entries.get(key));
  };

  const sweep = () => {
    if (now() - sweptAt < SWEEP_INTERVAL_MS) return;
    sweptAt = now();
    for (const [key, { expiresAt }] of entries)
      if (expiresAt !== undefined && expiresAt <= sweptAt) entries.delete(key);
  };

  return {
    get: (key) => {
      const entry = entries.get(key);
      return entry?.expiresAt !== undefined && entry.expiresAt <= now() ? undefined : entry;
    },
    put: (key, entry) => {
      sweep();
      remember(key);
      entries.set(key, entry);
    },
    delete: (key) => {
      remember(key);
      entries.delete(key);
    },
    together: (work) => {
      const before = (undo = new Map<string, StateEntry | undefined>());
      try {
        work();
      } catch (error) {
        for (const [key, entry] of before) {
          if (entry) entries.set(key, entry);
          else entries.delete(key);
        }
        throw error;
      } finally {
        undo = undefined;
      }
    },
  };
}
