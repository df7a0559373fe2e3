import type { applicationStatusChanged, applicationSubmitted } from '@commons/contracts';
import type { z } from 'zod';
import type { Outcome } from './notification.ts';

/** That somebody applied to a project, or what became of it. */
export type ApplicationNews = {
  applicationId: string;
  projectId: string;
  recipientId: string;
  actor: { id: string; username: string };
  /** Null for an application that waits. */
  outcome: Outcome | null;
};

type Submitted = z.output<(typeof applicationSubmitted)['data']>;
type StatusChanged = z.output<(typeof applicationStatusChanged)['data']>;

/** The owner of a project is told who applies. */
export const applicationNews = (data: Submitted): ApplicationNews => ({ ...fromApplicant(data), outcome: null });

/**
 * The applicant is told what the owner decided, and the owner who withdrew.
 * @returns undefined where nothing has been decided.
 */
export function decisionNews(data: StatusChanged): ApplicationNews | undefined {
  if (data.status === 'pending') return undefined;
  if (data.status === 'withdrawn') return { ...fromApplicant(data), outcome: 'withdrawn' };
  const actor = { id: data.owner_id, username: data.owner_username };
  return { ...fromApplicant(data), recipientId: data.applicant_id, actor, outcome: data.status };
}

const fromApplicant = (data: Submitted) => ({
  applicationId: data.application_id,
  projectId: data.project_id,
  recipientId: data.owner_id,
  actor: { id: data.applicant_id, username: data.applicant_username },
});

/** News of an application write to what is kept of the project, and of whose deed it is. */
export const turnsOfApplication = ({ project_id, owner_id, applicant_id }: Submitted): string[] => [
  project_id,
  `actor:${owner_id}`,
  `actor:${applicant_id}`,
];
