import { userBlocked, userUnblocked } from '@commons/contracts';
import type { ServiceUnderTest, TestUser } from '@commons/platform/testing';
import type { ProjectContext } from '../src/context.ts';

export type ProjectService = ServiceUnderTest<ProjectContext>;

let counter = 0;

/** The body of a project that nobody else has. */
export function aProject(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  counter += 1;
  return { title: `Project ${counter}`, description: `What project ${counter} is about`, skills: [], ...overrides };
}

/** Starts a project. @returns its id. */
export async function start(
  project: ProjectService,
  owner: TestUser,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const { body } = await project.as(owner).post('/api/projects').send(aProject(overrides)).expect(201);
  return body.id as string;
}

/** Applies for a project. @returns the application's id. */
export async function apply(project: ProjectService, applicant: TestUser, projectId: string): Promise<string> {
  const path = `/api/projects/${projectId}/applications`;
  const { body } = await project.as(applicant).post(path).send({ message: 'Take me' }).expect(201);
  return body.id as string;
}

/** Decides an application. */
export const decide = (
  project: ProjectService,
  user: TestUser | undefined,
  { projectId, applicationId, status }: { projectId: string; applicationId: string; status: string },
) => project.as(user).put(`/api/projects/${projectId}/applications/${applicationId}`).send({ status });

/** Makes somebody a member. @returns the application that led to it. */
export async function join(
  project: ProjectService,
  owner: TestUser,
  member: TestUser,
  projectId: string,
): Promise<string> {
  const applicationId = await apply(project, member, projectId);
  await decide(project, owner, { projectId, applicationId, status: 'accepted' }).expect(200);
  return applicationId;
}

/** Brings a project to a status. */
export const move = (project: ProjectService, user: TestUser | undefined, projectId: string, status: string) =>
  project.as(user).post(`/api/projects/${projectId}/status`).send({ status });

/** Has one user block another. */
export const block = (project: ProjectService, blocker: TestUser, blocked: TestUser, revision = 1) =>
  project.deliver(userBlocked, { blocker_id: blocker.id, blocked_id: blocked.id, revision });

/** Takes a block back. */
export const unblock = (project: ProjectService, blocker: TestUser, blocked: TestUser, revision = 2) =>
  project.deliver(userUnblocked, { blocker_id: blocker.id, blocked_id: blocked.id, revision });

/** What is said of an event's cause where a user asked for it. */
export const causedBy = (user: TestUser) => ({
  v: 1,
  meta: { actor_id: user.id, ip: '203.0.113.7', user_agent: 'jest' },
});

/** The ids of members of a project, as everybody sees them. */
export async function memberIds(project: ProjectService, projectId: string): Promise<string[]> {
  const { body } = await project.as().get(`/api/projects/${projectId}/members?limit=100`).expect(200);
  return body.results.map(({ user_id }: { user_id: string }) => user_id);
}
