import {
  createBlocks,
  createCountCache,
  createJobs,
  createKeyedQueue,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Blocks,
  type CountCache,
  type Jobs,
  type KeyedQueue,
} from '@commons/platform';
import { createApplicationStore, type ApplicationStore } from './data/application-store.ts';
import { createMemberStore, type MemberStore } from './data/member-store.ts';
import { createPersonStore, type PersonStore } from './data/person-store.ts';
import { createProjectList, type ProjectList } from './data/project-list.ts';
import { createProjectStore, type ProjectStore } from './data/project-store.ts';
import type { ProjectJobs } from './domain/project-jobs.ts';

/** What the handlers of `project` receive. */
export type ProjectContext = BaseContext & {
  projects: ProjectStore;
  projectList: ProjectList;
  applications: ApplicationStore;
  members: MemberStore;
  people: PersonStore;
  blocks: Blocks;
  countCache: CountCache;
  jobs: Jobs<ProjectJobs>;
  /** Changes of one project stand in line, by its id, and what one user starts. */
  queue: KeyedQueue;
};

/** Opens what `project` stands on. */
export const createContext = (base: BaseContext): ProjectContext =>
  Object.assign(base, {
    projects: createProjectStore(base.db),
    projectList: createProjectList(base.db),
    applications: createApplicationStore(base.db),
    members: createMemberStore(base.db),
    people: createPersonStore(base.db),
    blocks: createBlocks(base.db),
    countCache: createCountCache({ dapr: base.dapr, log: base.log, of: 'projects' }),
    jobs: createJobs<ProjectJobs>(base),
    queue: createKeyedQueue(),
  });

export const route = routeFor<ProjectContext>();
export const subscribe = subscribeFor<ProjectContext>();
