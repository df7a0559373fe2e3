import { isAdmin, type Blocks, type RelationCopies } from '@commons/platform';
import { STRANGER, type Relation, type Viewer } from '../domain/can-see.ts';

export type Relations = { follows: RelationCopies; blocks: Blocks };

/** What is between a viewer and an author, as far as it decides what the viewer sees. */
export async function findRelation(
  { follows, blocks }: Relations,
  viewer: Viewer | undefined,
  authorId: string,
): Promise<Relation> {
  if (viewer === undefined || viewer.id === authorId || isAdmin(viewer)) return STRANGER;
  const [isFollower, isApart] = await Promise.all([
    follows.holds(viewer.id, authorId),
    blocks.areApart(viewer.id, authorId),
  ]);
  return { isFollower, isApart };
}

/** All whom a viewer does not see: those whom they block, and who block them. Admins see everybody. */
export const findHidden = async ({ blocks }: { blocks: Blocks }, viewer: Viewer | undefined): Promise<string[]> =>
  viewer === undefined || isAdmin(viewer) ? [] : blocks.hiddenFrom(viewer.id);
