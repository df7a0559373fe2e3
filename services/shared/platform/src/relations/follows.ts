import { listFollows } from '@commons/contracts';
import type { Connection } from 'mongoose';
import type { Dapr } from '../dapr/dapr.ts';
import { rebuildRelations } from './rebuild-relations.ts';
import { createRelationCopies, prepareRelationCopies, type RelationCopies } from './relation-copies.ts';

const COLLECTION = 'follows';

/** Who follows whom, as a service knows it from events: from the follower to the followed. */
export const createFollows = (db: Connection): RelationCopies => createRelationCopies(db, COLLECTION);

/** Makes the collection of follows: a migration of each service that keeps them. */
export const prepareFollows = (db: Connection): Promise<void> => prepareRelationCopies(db, COLLECTION);

/** Takes all follows over from their owner, while serving. */
export const rebuildFollows = ({ follows, dapr }: { follows: RelationCopies; dapr: Pick<Dapr, 'call'> }) =>
  rebuildRelations(
    follows,
    async (after) => (await dapr.call(listFollows, { limit: 500, ...(after && { after }) })).pairs,
  );
