import { routeFor, subscribeFor, type BaseContext } from '@commons/platform';
import { createProjectStore, type ProjectStore } from './data/project-store.ts';

/** What handlers receive. */
export type ProjectContext = BaseContext & { projects: ProjectStore };

export const createContext = (base: BaseContext): ProjectContext =>
  Object.assign(base, { projects: createProjectStore(base.db) });

export const route = routeFor<ProjectContext>();
export const subscribe = subscribeFor<ProjectContext>();
