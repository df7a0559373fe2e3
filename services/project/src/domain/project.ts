import type { ProjectStatus } from '@commons/contracts';

export type Budget = {
  amount: number;
  /** ISO 4217, in capitals. */
  currency: string;
};

/** What an owner says of a project. */
export type ProjectFields = {
  title: string;
  description: string;
  /** As written, without repetition. */
  skills: string[];
  budget: Budget | null;
  deadline: Date | null;
  isRemote: boolean;
};

export type Project = ProjectFields & {
  id: string;
  ownerId: string;
  status: ProjectStatus;
  createdAt: Date;
  updatedAt: Date;
  /** Grows by one with each change by its owner. */
  revision: number;
  /** All applications that are kept, whatever became of them. */
  applicationsCount: number;
  /** The owner is one. */
  membersCount: number;
  /** Grows by one with each member who comes or goes. */
  membersRevision: number;
};

export const MAX_TITLE = 255;
export const MAX_DESCRIPTION = 10_000;
/** Beyond, a number is a slip. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** Where a project stands in the order of deadlines: one without a deadline at the farthest time that there is. */
export const dueAt = ({ deadline }: Pick<Project, 'deadline'>): Date => deadline ?? new Date(8_640_000_000_000_000);
