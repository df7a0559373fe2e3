import type { ProjectContext } from '../context.ts';
import type { Project } from '../data/project-store.ts';

/** Stores a new project. What others should hear of it is emitted in the same transaction: `tx.emit(…)`. */
export async function createProject(
  { projects, transaction, clock, log }: Pick<ProjectContext, 'projects' | 'transaction' | 'clock' | 'log'>,
  { ownerId, title }: { ownerId: string; title: string },
): Promise<Project> {
  const made = await transaction((tx) => projects.insert({ ownerId, title, createdAt: clock.now() }, tx));
  log.info({ projectId: made.id }, 'project created');
  return made;
}
