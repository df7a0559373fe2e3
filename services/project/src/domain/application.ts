import type { ApplicationStatus } from '@commons/contracts';

/** One user's wish to work on a project; a user has at most one for each, whatever becomes of it. */
export type Application = {
  id: string;
  projectId: string;
  /** The owner of the project. */
  ownerId: string;
  applicantId: string;
  message: string;
  /** What the applicant asks for, in a unit that the message may name. */
  rate: number | null;
  status: ApplicationStatus;
  createdAt: Date;
  updatedAt: Date;
};

/** What may become of a pending application. */
export const decisions = ['accepted', 'rejected', 'withdrawn'] as const;
export type Decision = (typeof decisions)[number];

export const MAX_MESSAGE = 4_000;

/** Whose part a decision is. */
export const deciderOf = (application: Application, decision: Decision): string =>
  decision === 'withdrawn' ? application.applicantId : application.ownerId;

/** Whether an application is a user's concern at all. */
export const concerns = ({ ownerId, applicantId }: Application, userId: string): boolean =>
  userId === ownerId || userId === applicantId;
