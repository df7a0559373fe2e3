import type { Connection } from 'mongoose';

/** How a query was done, as MongoDB's profiler tells of it. */
type ProfiledRead = {
  planSummary: string;
  hasSortStage: boolean;
  keysExamined: number;
  docsExamined: number;
};

/** What MongoDB did to find something in some collections of a service while `work` was done, one entry a query. */
export async function profileReads(
  { db }: Connection,
  collections: readonly string[],
  work: () => Promise<unknown>,
): Promise<ProfiledRead[]> {
  if (!db) throw new Error('the database is not open');
  const profile = db.collection<Omit<ProfiledRead, 'hasSortStage'> & { hasSortStage?: boolean }>('system.profile');
  await db.command({ profile: 0 });
  await profile.drop();
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const found = await profile.find({ 'command.find': { $in: [...collections] } }).toArray();
  return found.map(({ planSummary, hasSortStage = false, keysExamined, docsExamined }) => ({
    ...{ planSummary, hasSortStage },
    ...{ keysExamined, docsExamined },
  }));
}
