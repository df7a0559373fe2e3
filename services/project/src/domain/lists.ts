import type { ProjectStatus } from '@commons/contracts';
import type { Project } from './project.ts';
import { skillKey } from './skills.ts';

/**
 * Every list of projects has a name, made of what the projects have in common (an owner, a skill, a status) and for whom
 * they are (`public`: everybody; an owner's id: that owner's drafts). A project keeps the names of the lists in which it
 * stands; a reader's list is one or two of them, of which no project is in both.
 */
export const listName = (subject: string, audience: string): string => `${subject}|${audience}`;

/** What narrows the list of all projects down. */
export type ListFilter = {
  ownerId?: string | undefined;
  /** All of these, as they are compared. */
  skillKeys?: readonly string[] | undefined;
  status?: ProjectStatus | undefined;
  isRemote?: boolean | undefined;
};

const EVERYTHING = 'projects';
const PUBLIC = 'public';

const ofOwner = (ownerId: string): string => `owner:${ownerId}`;
const ofSkill = (key: string): string => `skill:${key}`;
const ofStatus = (status: ProjectStatus): string => `status:${status}`;
const ofPlace = (isRemote: boolean): string => `remote:${isRemote}`;

/** The names of the lists in which a project stands. */
export function listsOf({
  ownerId,
  skills,
  status,
  isRemote,
}: Pick<Project, 'ownerId' | 'skills' | 'status' | 'isRemote'>): string[] {
  const audience = status === 'draft' ? ownerId : PUBLIC;
  const subjects = [EVERYTHING, ofOwner(ownerId), ...skills.map((skill) => ofSkill(skillKey(skill)))];
  return [...subjects, ofStatus(status), ofPlace(isRemote)].map((subject) => listName(subject, audience));
}

/** What the projects of a list have in common, that which narrows it down most first. */
export function subjectsOf({ ownerId, skillKeys = [], status, isRemote }: ListFilter): string[] {
  const subjects = [
    ...(ownerId === undefined ? [] : [ofOwner(ownerId)]),
    ...skillKeys.map(ofSkill),
    ...(status === undefined ? [] : [ofStatus(status)]),
    ...(isRemote === undefined ? [] : [ofPlace(isRemote)]),
  ];
  return subjects.length > 0 ? subjects : [EVERYTHING];
}

/** For whom the projects are that a viewer may see, blocks aside: what `canSee` says of a single one. */
export function audiencesOf(viewerId: string | undefined, { ownerId, status }: ListFilter): string[] {
  const hasDrafts = viewerId !== undefined && (ownerId === undefined || ownerId === viewerId);
  const drafts = hasDrafts && (status === undefined || status === 'draft') ? [viewerId] : [];
  return status === 'draft' ? drafts : [PUBLIC, ...drafts];
}
