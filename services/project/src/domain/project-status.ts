import type { ProjectStatus } from '@commons/contracts';

/** Where a project may go from where it stands. What is completed or cancelled stays so. */
const moves: Record<ProjectStatus, readonly ProjectStatus[]> = {
  draft: ['open', 'cancelled'],
  open: ['in_progress', 'cancelled'],
  in_progress: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

/** Whether a project may go from one status to another. */
export const canMove = (from: ProjectStatus, to: ProjectStatus): boolean => moves[from].includes(to);

/** Whether anybody may apply. */
export const takesApplications = (status: ProjectStatus): boolean => status === 'open';

/** Whether applicants may become members: also while the work is going on. */
export const takesMembers = (status: ProjectStatus): boolean => status === 'open' || status === 'in_progress';
