import type { applicationSubmitted, EventData, memberRemoved, projectCreated } from '@commons/contracts';
import type { Application } from './application.ts';
import type { Project } from './project.ts';

/** Names by user id. Whoever has gone has none. */
export type Names = ReadonlyMap<string, string>;

const nameIn = (names: Names, userId: string): string => names.get(userId) ?? '';

/** What others are told of a project that is new or changed. */
export const projectEventOf = (project: Project, names: Names): EventData<typeof projectCreated> => ({
  project_id: project.id,
  owner_id: project.ownerId,
  owner_username: nameIn(names, project.ownerId),
  title: project.title,
  status: project.status,
  skills: project.skills,
  created_at: project.createdAt.toISOString(),
  revision: project.revision,
});

/** What others are told of an application. */
export const applicationEventOf = (
  { id, applicantId }: Application,
  project: Project,
  names: Names,
): EventData<typeof applicationSubmitted> => ({
  application_id: id,
  project_id: project.id,
  project_title: project.title,
  owner_id: project.ownerId,
  owner_username: nameIn(names, project.ownerId),
  applicant_id: applicantId,
  applicant_username: nameIn(names, applicantId),
});

/** What others are told of a member who came or went. @param project as it is after that. */
export const memberEventOf = (userId: string, project: Project, names: Names): EventData<typeof memberRemoved> => ({
  project_id: project.id,
  project_title: project.title,
  owner_id: project.ownerId,
  user_id: userId,
  username: nameIn(names, userId),
  members_count: project.membersCount,
  members_revision: project.membersRevision,
});
