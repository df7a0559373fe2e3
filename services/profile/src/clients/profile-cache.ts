import { messagesFrom, visibility } from '@commons/contracts';
import { createOutageLog, type Dapr, type Logger } from '@commons/platform';
import { z } from 'zod';
import type { Profile } from '../domain/profile.ts';
import { themes } from '../domain/settings.ts';

/** Profiles by id, as they were a moment ago at most. */
export type ProfileCache = {
  find(id: string): Promise<Profile | undefined>;
  put(profile: Profile): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
};

const text = z.string().nullable();

const kept: z.ZodType<Profile> = z.object({
  ...{ id: z.string(), username: z.string(), firstName: z.string(), lastName: z.string() },
  usernameRevision: z.int(),
  ...{ nickname: text, bio: text, location: text, website: text },
  avatar: z.object({ name: z.string(), thumbnail: z.string() }).nullable(),
  settings: z.object({
    ...{ locale: z.string(), timezone: z.string(), theme: z.enum(themes) },
    ...{ profileVisibility: visibility, allowMessagesFrom: messagesFrom, showOnline: z.boolean() },
  }),
  ...{ followersCount: z.int(), followingCount: z.int() },
  ...{ createdAt: z.coerce.date(), updatedAt: z.coerce.date() },
  ...{ revision: z.int(), version: z.int() },
});

/** Where what should be forgotten could not be: no longer than this. */
const KEPT_SECONDS = 60;

/** Profiles in Dapr state, for all replicas. The database is the truth: where the store is away, there are none. */
export function createProfileCache({ dapr, log }: { dapr: Pick<Dapr, 'state'>; log: Logger }): ProfileCache {
  const { bear } = createOutageLog(log, {
    away: 'profiles are read without the cache',
    back: 'profiles are read with the cache again',
  });

  return {
    find: (id) => bear(dapr.state.get(keyOf(id), kept)),
    put: (profile) => bear(dapr.state.set(keyOf(profile.id), profile, { ttlSeconds: KEPT_SECONDS })),
    async forget(ids) {
      await Promise.all(ids.map((id) => bear(dapr.state.delete(keyOf(id)))));
    },
  };
}

const keyOf = (id: string): string => `profile-${id}`;
