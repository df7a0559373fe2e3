import type { Graph } from '../graph.ts';
import type { Random } from '../random.ts';
import { applicationText, projectText } from '../words.ts';

export type Decision = 'accepted' | 'rejected';

export interface PlannedProject {
  owner: number;
  title: string;
  description: string;
  skills: string[];
  budget: { amount: number; currency: string } | null;
  remote: boolean;
  status: 'draft' | 'open';
}

export interface PlannedApplication {
  /** the place of the project in the plan's projects */
  project: number;
  applicant: number;
  message: string;
  /** undefined: it waits */
  decision: Decision | undefined;
}

/** Of so many people, one has a project. */
const ONE_IN = 20;
/** Of so many projects, one is a draft still, to which nobody can apply. */
const DRAFT_IN = 8;
const MOST_APPLICATIONS = 5;

/** The best connected ones among so many have a project each. */
export function planProjects({ friends }: Graph, random: Random): PlannedProject[] {
  return Array.from({ length: Math.ceil(friends.length / ONE_IN) }, (_, owner) => ({
    owner,
    ...projectText(random),
    budget: random.integer(2) === 0 ? null : { amount: 100 * (1 + random.integer(50)), currency: 'EUR' },
    remote: random.integer(3) === 0,
    status: (owner + 1) % DRAFT_IN === 0 ? ('draft' as const) : ('open' as const),
  }));
}

/** Friends of the owner apply: the first is accepted, the second rejected, the others wait. */
export function planApplications(
  projects: readonly PlannedProject[],
  { friends }: Graph,
  random: Random,
): PlannedApplication[] {
  return projects.flatMap(({ owner, status }, project) => {
    if (status === 'draft') return [];
    return random.some(friends[owner] ?? [], random.integer(MOST_APPLICATIONS + 1)).map((applicant, place) => ({
      project,
      applicant,
      message: applicationText(random),
      decision: (['accepted', 'rejected'] as const)[place],
    }));
  });
}
