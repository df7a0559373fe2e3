import { applicationStatus, id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Application } from '../domain/application.ts';
import type { Names } from '../domain/events.ts';
import type { Project } from '../domain/project.ts';
import { personView } from './project-view.ts';

/** An application as its applicant and the project's owner see it. */
export const applicationView = z.object({
  id,
  project_id: id,
  project_title: z.string(),
  applicant: personView,
  message: z.string(),
  rate: z.number().nullable(),
  status: applicationStatus,
  created_at: timestamp,
  updated_at: timestamp,
});

/** Shows an application with its project's title and its applicant's name. */
export const toApplicationView = ({
  application,
  project,
  names,
}: {
  application: Application;
  project: Project;
  names: Names;
}): z.infer<typeof applicationView> => ({
  id: application.id,
  project_id: project.id,
  project_title: project.title,
  applicant: { id: application.applicantId, username: names.get(application.applicantId) ?? '' },
  message: application.message,
  rate: application.rate,
  status: application.status,
  created_at: application.createdAt.toISOString(),
  updated_at: application.updatedAt.toISOString(),
});
