import { projectDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { projectTarget } from '../domain/target.ts';
import { buryTarget } from '../use-cases/bury-target.ts';

export const onProjectDeleted = subscribe(
  projectDeleted,
  ({ ctx, data: { project_id }, tx }) => buryTarget(ctx, { target: projectTarget(project_id), postId: null }, tx),
  { inTurn: ({ project_id }) => project_id },
);
