import type { Project } from './project.ts';

/**
 * Whether somebody may see a project; `undefined` is somebody who is not signed in. Admins are no exception.
 * @param areApart whether the viewer and the owner are hidden from each other by a block.
 */
export function canSee(
  project: Pick<Project, 'ownerId' | 'status'>,
  viewerId: string | undefined,
  areApart: boolean,
): boolean {
  return viewerId === project.ownerId || (project.status !== 'draft' && !areApart);
}
