import type { Decision, PlannedProject } from '../plan/projects.ts';
import type { Caller, Session } from './caller.ts';

/** An application that waits, or what has become of it. */
export type Application = { id: string; status: string };

/** What the demo asks of projects. */
export function projectCalls({ send, readAll }: Caller) {
  /** Answers the new project's id. */
  async function createProject(owner: Session, { title, description, skills, budget, remote, status }: PlannedProject) {
    const body = { title, description, skills, budget, remote, status };
    return (await send<{ id: string }>(owner, 201, { method: 'POST', path: '/api/projects', body })).id;
  }

  /** The ids of a person's projects, by title. */
  async function projectsOf(owner: Session): Promise<Map<string, string>> {
    const projects = await readAll<{ id: string; title: string }>(owner, `/api/projects?owner_id=${owner.userId}`);
    return new Map(projects.map(({ id, title }) => [title, id]));
  }

  async function apply(applicant: Session, projectId: string, message: string): Promise<Application> {
    return send(applicant, 201, { method: 'POST', path: `/api/projects/${projectId}/applications`, body: { message } });
  }

  async function decide(owner: Session, { id }: Application, projectId: string, status: Decision): Promise<void> {
    await send(owner, 200, { method: 'PUT', path: `/api/projects/${projectId}/applications/${id}`, body: { status } });
  }

  /** The applications to a project, by their applicants' ids. */
  async function applicationsTo(owner: Session, projectId: string): Promise<Map<string, Application>> {
    const path = `/api/projects/${projectId}/applications`;
    const applications = await readAll<Application & { applicant: { id: string } }>(owner, path);
    return new Map(applications.map(({ id, status, applicant }) => [applicant.id, { id, status }]));
  }

  return { createProject, projectsOf, apply, decide, applicationsTo };
}
