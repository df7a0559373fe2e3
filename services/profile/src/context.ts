import {
  answerFor,
  createBacklog,
  createBlocks,
  createCountCache,
  createFollows,
  createJobs,
  routeFor,
  subscribeFor,
  type Backlog,
  type BaseContext,
  type Blocks,
  type CountCache,
  type Jobs,
  type RelationCopies,
} from '@commons/platform';
import { createImageRemovalStore, removeDueImages, type ImageRemovalStore } from '@commons/platform/images';
import type { z } from 'zod';
import { createAccounts, type Accounts } from './clients/accounts.ts';
import { createAvatarStore, type AvatarStore } from './clients/avatar-store.ts';
import { createCountsOfFollows, type CountsOfFollows } from './clients/counts-of-follows.ts';
import { createProfileCache, type ProfileCache } from './clients/profile-cache.ts';
import type { config } from './config.ts';
import { createFollowCounts, type FollowCounts } from './data/follow-counts.ts';
import { createProfileSearch, type ProfileSearch } from './data/profile-search.ts';
import { createProfileStore, type ProfileStore } from './data/profile-store.ts';

type Base = BaseContext<z.output<typeof config>>;
type ProfileJobs = { 'erase-avatar': { user_id: string; blobs: string[] } };

/** What the handlers of `profile` receive. */
export type ProfileContext = Base & {
  profiles: ProfileStore;
  profileSearch: ProfileSearch;
  followCounts: FollowCounts;
  follows: RelationCopies;
  blocks: Blocks;
  accounts: Accounts;
  countsOfFollows: CountsOfFollows;
  profileCache: ProfileCache;
  searchCounts: CountCache;
  avatars: AvatarStore;
  imageRemovals: ImageRemovalStore;
  avatarBacklog: Backlog;
  jobs: Jobs<ProfileJobs>;
};

export const route = routeFor<ProfileContext>();
export const answer = answerFor<ProfileContext>();
export const subscribe = subscribeFor<ProfileContext>();

/** Opens what `profile` stands on. */
export function createContext(base: Base): ProfileContext {
  const { clock, config, dapr, db, log } = base;
  const avatars = createAvatarStore({ dapr, container: config.AVATAR_CONTAINER });
  const imageRemovals = createImageRemovalStore(db);
  return Object.assign(base, {
    profiles: createProfileStore(db),
    profileSearch: createProfileSearch(db),
    followCounts: createFollowCounts(db),
    follows: createFollows(db),
    blocks: createBlocks(db),
    accounts: createAccounts({ dapr }),
    countsOfFollows: createCountsOfFollows({ dapr }),
    profileCache: createProfileCache({ dapr, log }),
    searchCounts: createCountCache({ dapr, log, of: 'searches' }),
    avatars,
    imageRemovals,
    avatarBacklog: createBacklog({
      name: 'avatars',
      work: () => removeDueImages({ clock, images: avatars, imageRemovals }),
      log,
    }),
    jobs: createJobs<ProfileJobs>(base),
  });
}
