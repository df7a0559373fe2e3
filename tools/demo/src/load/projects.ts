import type { Session } from '../api.ts';
import type { Application } from '../api/project-calls.ts';
import { inParallel } from '../in-parallel.ts';
import type { Plan } from '../plan.ts';
import type { PlannedProject } from '../plan/projects.ts';
import type { Loading } from './loading.ts';
import type { Members } from './people.ts';

interface Project {
  id: string;
  owner: Session;
  /** by their applicants' ids: those of an earlier run, and of this one */
  applications: Map<string, Application>;
}

/** Has some people begin a project, their friends apply, and decides on some of the applications. */
export async function loadProjects(loading: Loading, plan: Plan, members: Members): Promise<void> {
  const { api } = loading;
  const projects = await inParallel(
    'projects',
    plan.projects,
    (project) => loadProject(loading, project, members),
    loading,
  );
  await inParallel(
    'applications',
    plan.applications,
    async ({ project: place, applicant, message, decision }) => {
      const [member, project] = [members[applicant], projects[place]];
      if (member === undefined || project === undefined) return;
      const application = await loadApplication(loading, { project, member, message });
      if (decision === undefined || application.status !== 'pending') return;
      await api.decide(project.owner, application, project.id, decision);
    },
    loading,
  );
}

async function loadProject(
  { api, loaded }: Loading,
  planned: PlannedProject,
  members: Members,
): Promise<Project | undefined> {
  const owner = members[planned.owner];
  if (owner === undefined) return undefined;
  const foundId = owner.wasThere ? (await api.projectsOf(owner)).get(planned.title) : undefined;
  loaded[foundId === undefined ? 'made' : 'found'].projects += 1;
  if (foundId === undefined) return { id: await api.createProject(owner, planned), owner, applications: new Map() };
  return { id: foundId, owner, applications: await api.applicationsTo(owner, foundId) };
}

async function loadApplication(
  { api, loaded }: Loading,
  { project, member, message }: { project: Project; member: Session; message: string },
): Promise<Application> {
  const found = project.applications.get(member.userId);
  const application = found ?? (await api.apply(member, project.id, message));
  loaded[found ? 'found' : 'made'].applications += 1;
  return application;
}
