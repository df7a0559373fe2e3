import { routeFor, subscribeFor, type BaseContext } from '@commons/platform';
import { createProfileStore, type ProfileStore } from './data/profile-store.ts';

/** What handlers receive. */
export type ProfileContext = BaseContext & { profiles: ProfileStore };

export const createContext = (base: BaseContext): ProfileContext =>
  Object.assign(base, { profiles: createProfileStore(base.db) });

export const route = routeFor<ProfileContext>();
export const subscribe = subscribeFor<ProfileContext>();
