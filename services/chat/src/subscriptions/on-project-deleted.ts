import { projectDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { forgetProject } from '../use-cases/forget-project.ts';

export const onProjectDeleted = subscribe(
  projectDeleted,
  ({ ctx, data, tx }) => forgetProject(ctx, data.project_id, tx),
  {
    inTurn: ({ project_id }) => project_id,
  },
);
