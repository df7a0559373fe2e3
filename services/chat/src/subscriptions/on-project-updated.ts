import { projectUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { retitleProject } from '../use-cases/retitle-project.ts';

export const onProjectUpdated = subscribe(
  projectUpdated,
  ({ ctx, data, tx }) =>
    retitleProject(ctx, { projectId: data.project_id, title: data.title, revision: data.revision }, tx),
  { inTurn: ({ project_id }) => project_id },
);
