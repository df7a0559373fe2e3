import type { ProjectContext } from '../context.ts';

type Parts = Pick<ProjectContext, 'projects' | 'applications' | 'members' | 'transaction'>;

const PAGE = 500;

/** Counts the applications and members of every project anew, each in a transaction of its own. */
export async function rebuildCounts(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await parts.projects.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    for (const id of ids) if (await recount(parts, id)) result.corrected++;
    result.checked += ids.length;
  }
}

function recount({ projects, applications, members, transaction }: Parts, projectId: string): Promise<boolean> {
  return transaction(async (tx) => {
    const project = await projects.find(projectId, tx);
    const applicationsCount = await applications.countOf(projectId, tx);
    const membersCount = await members.countOf(projectId, tx);
    if (!project) return false;
    if (project.applicationsCount === applicationsCount && project.membersCount === membersCount) return false;
    await projects.correct(projectId, { applicationsCount, membersCount }, tx);
    return true;
  });
}
