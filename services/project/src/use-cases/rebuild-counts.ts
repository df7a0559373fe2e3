import type { ProjectContext } from '../context.ts';

type Parts = Pick<ProjectContext, 'projects' | 'applications' | 'members' | 'transaction'>;

const PAGE = 500;

/**
 * Counts the applications and members of every project anew. What seems to be off, in a look without a transaction, is counted once
 * more in one: it may have changed meanwhile.
 */
export async function rebuildCounts(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await parts.projects.listById({ after, limit: PAGE });
    const ids = page.map(({ id }) => id);
    after = ids.at(-1);
    if (after === undefined) return result;
    const [applications, members] = await Promise.all([parts.applications.countsOf(ids), parts.members.countsOf(ids)]);
    for (const { id, applicationsCount, membersCount } of page) {
      const isRight = applicationsCount === (applications.get(id) ?? 0) && membersCount === (members.get(id) ?? 0);
      if (!isRight && (await recount(parts, id))) result.corrected++;
    }
    result.checked += ids.length;
  }
}

function recount({ projects, applications, members, transaction }: Parts, projectId: string): Promise<boolean> {
  return transaction(async (tx) => {
    const project = await projects.find(projectId, tx);
    const applicationsCount = (await applications.countsOf([projectId], tx)).get(projectId) ?? 0;
    const membersCount = (await members.countsOf([projectId], tx)).get(projectId) ?? 0;
    if (!project) return false;
    if (project.applicationsCount === applicationsCount && project.membersCount === membersCount) return false;
    await projects.correct(projectId, { applicationsCount, membersCount }, tx);
    return true;
  });
}
