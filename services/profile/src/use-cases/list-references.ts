import type { ProfileReference } from '@commons/contracts';
import { toReference } from '../domain/profile-reference.ts';
import { meetUsers } from './meet-users.ts';

type Parts = Parameters<typeof meetUsers>[0];

/** Profiles as other services keep them: of some users, also of those who have just registered, or of all from one on. */
export async function listReferences(
  parts: Parts,
  { ids, after, limit }: { ids?: readonly string[] | undefined; after?: string | undefined; limit: number },
): Promise<ProfileReference[]> {
  if (!ids) return (await parts.profiles.list({ after, limit })).map(toReference);
  const known = new Set((await parts.profiles.among(ids)).map(({ id }) => id));
  await meetUsers(
    parts,
    ids.filter((id) => !known.has(id)),
  );
  const found = (await parts.profiles.among(ids)).filter(({ id }) => after === undefined || id > after);
  return found.slice(0, limit).map(toReference);
}
