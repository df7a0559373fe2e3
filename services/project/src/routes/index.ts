import { createProject } from './create-project.ts';
import { decideApplication } from './decide-application.ts';
import { deleteProject } from './delete-project.ts';
import { getProject } from './get-project.ts';
import { listApplications } from './list-applications.ts';
import { listMembers } from './list-members.ts';
import { listOwnApplications } from './list-own-applications.ts';
import { listProjects } from './list-projects.ts';
import { moveProject } from './move-project.ts';
import { removeMember } from './remove-member.ts';
import { replaceProject } from './replace-project.ts';
import { submitApplication } from './submit-application.ts';

/** What `project` answers. */
export const routes = [
  listProjects,
  createProject,
  getProject,
  replaceProject,
  deleteProject,
  moveProject,
  listApplications,
  submitApplication,
  listOwnApplications,
  decideApplication,
  listMembers,
  removeMember,
];
