import { listBlocks } from '@commons/contracts';
import type { Connection } from 'mongoose';
import type { Dapr } from '../dapr/dapr.ts';
import type { Transaction } from '../mongo/transaction.ts';
import { rebuildRelations } from './rebuild-relations.ts';
import { createRelationCopies, prepareRelationCopies, type RelationCopies } from './relation-copies.ts';

const COLLECTION = 'blocks';

/** Who blocks whom, as a service knows it from events: from the blocker to the blocked. */
export type Blocks = RelationCopies & {
  /** Whether one of two users blocks the other: then each is hidden from the other. Of somebody who is not signed in: never. */
  areApart(oneId: string | undefined, otherId: string, tx?: Transaction): Promise<boolean>;
  /** All who are hidden from a user: those whom the user blocks, and those who block the user. */
  hiddenFrom(userId: string | undefined): Promise<string[]>;
};

/** The copies of blocks of a service. */
export function createBlocks(db: Connection): Blocks {
  const copies = createRelationCopies(db, COLLECTION);
  return {
    ...copies,
    async areApart(oneId, otherId, tx) {
      if (oneId === undefined || oneId === otherId) return false;
      return copies.holdsBetween(oneId, otherId, tx);
    },
    async hiddenFrom(userId) {
      if (userId === undefined) return [];
      const both = await Promise.all([copies.targetsOf(userId), copies.sourcesOf(userId)]);
      return [...new Set(both.flat())];
    },
  };
}

/** Makes the collection of blocks: a migration of each service that keeps them. */
export const prepareBlocks = (db: Connection): Promise<void> => prepareRelationCopies(db, COLLECTION);

/** Takes all blocks over from their owner, while serving. */
export const rebuildBlocks = ({ blocks, dapr }: { blocks: RelationCopies; dapr: Pick<Dapr, 'call'> }) =>
  rebuildRelations(
    blocks,
    async (after) => (await dapr.call(listBlocks, { limit: 500, ...(after && { after }) })).pairs,
  );
