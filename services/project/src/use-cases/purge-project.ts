import type { JobRun } from '@commons/platform';
import type { ProjectContext } from '../context.ts';

type Parts = Pick<ProjectContext, 'applications' | 'members'>;

const BATCH = 500;

/** A step of the job that removes the applications and members of a project that has gone. */
export async function purgeProject(
  { applications, members }: Parts,
  { data, commit }: JobRun<{ project_id: string }>,
): Promise<void> {
  await commit(async (tx) => {
    const removed = [
      await applications.removeSomeOf(data.project_id, BATCH, tx),
      await members.removeSomeOf(data.project_id, BATCH, tx),
    ];
    return removed.includes(BATCH) ? data : undefined;
  });
}
