import { z } from 'zod';
import { id, timestamp } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'project-events';

export const projectStatus = z.enum(['draft', 'open', 'in_progress', 'completed', 'cancelled']);
export type ProjectStatus = z.infer<typeof projectStatus>;

export const applicationStatus = z.enum(['pending', 'accepted', 'rejected', 'withdrawn']);
export type ApplicationStatus = z.infer<typeof applicationStatus>;

export const memberRole = z.enum(['owner', 'member']);
export type MemberRole = z.infer<typeof memberRole>;

const project = {
  project_id: id,
  owner_id: id,
  owner_username: z.string(),
  title: z.string(),
  status: projectStatus,
  skills: z.array(z.string()),
  created_at: timestamp,
  /** Grows by one with each change of the project: a consumer never steps back to a smaller one. */
  revision: z.int(),
};

export const projectCreated = defineEvent(topic, 'ProjectCreated', project);
export const projectUpdated = defineEvent(topic, 'ProjectUpdated', project);
export const projectStatusChanged = defineEvent(topic, 'ProjectStatusChanged', {
  ...project,
  previous_status: projectStatus,
});
export const projectDeleted = defineEvent(topic, 'ProjectDeleted', { project_id: id, owner_id: id });

const application = {
  application_id: id,
  project_id: id,
  project_title: z.string(),
  owner_id: id,
  owner_username: z.string(),
  applicant_id: id,
  applicant_username: z.string(),
};

export const applicationSubmitted = defineEvent(topic, 'ApplicationSubmitted', application);
/** An application is decided: `accepted` or `rejected` by the owner, `withdrawn` by the applicant. */
export const applicationStatusChanged = defineEvent(topic, 'ApplicationStatusChanged', {
  ...application,
  status: applicationStatus,
});

const member = {
  project_id: id,
  project_title: z.string(),
  owner_id: id,
  user_id: id,
  username: z.string(),
  /** The exact number of members after the change, and the order of such changes in this project. */
  members_count: z.int(),
  members_revision: z.int(),
};

export const memberAdded = defineEvent(topic, 'MemberAdded', { ...member, role: memberRole });
export const memberRemoved = defineEvent(topic, 'MemberRemoved', member);
