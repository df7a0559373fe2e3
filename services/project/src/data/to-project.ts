import type { Project } from '../domain/project.ts';
import type { ProjectDocument } from './project-model.ts';

/** What readers of a project need of its document: all but what serves its search. */
export const WITHOUT_DERIVED = { lists: 0, words: 0, due_at: 0 } as const;

export type StoredProject = Omit<ProjectDocument, keyof typeof WITHOUT_DERIVED>;

/** A stored project as the rest of the service knows it. */
export function toProject(stored: StoredProject): Project {
  return {
    id: stored._id.toHexString(),
    ownerId: stored.owner_id.toHexString(),
    title: stored.title,
    description: stored.description,
    skills: stored.skills,
    budget: stored.budget && { amount: stored.budget.amount, currency: stored.budget.currency },
    deadline: stored.deadline,
    isRemote: stored.remote,
    status: stored.status,
    createdAt: stored.created_at,
    updatedAt: stored.updated_at,
    revision: stored.revision,
    applicationsCount: stored.applications_count,
    membersCount: stored.members_count,
    membersRevision: stored.members_revision,
  };
}
