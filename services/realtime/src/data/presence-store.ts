import type { Transaction } from '@commons/platform';
import type { ClientSession, Connection } from 'mongoose';
import { flipOf, isShown, moved, noPresence, type Presence, type PresenceFlip } from '../domain/presence.ts';

type PresenceDocument = {
  _id: string;
  replicas: readonly string[];
  is_hidden: boolean;
  hidden_revision: number;
  revision: number;
  is_erased: boolean;
  /** What others see, for those who come. */
  is_shown: boolean;
};

export type PresenceStore = ReturnType<typeof createPresenceStore>;

/** Who is there, at which replicas, and who would not have it known. */
export function createPresenceStore(db: Connection) {
  const presences = db.collection<PresenceDocument>('presences');

  async function find(ids: readonly string[], session?: ClientSession): Promise<Map<string, Presence>> {
    const found = await presences.find({ _id: { $in: [...ids] } }, { ...(session && { session }) }).toArray();
    return new Map(found.map((document) => [document._id, fromDocument(document)]));
  }

  async function replace(changed: Presence[], session: ClientSession): Promise<void> {
    if (changed.length === 0) return;
    const writes = changed.map((presence) => ({
      replaceOne: { filter: { _id: presence.userId }, replacement: toDocument(presence), upsert: true },
    }));
    await presences.bulkWrite(writes, { session });
  }

  return {
    find,
    /** Notes who is at a replica now and who is no more. @returns what others see differently. */
    async move(
      moves: ReadonlyMap<string, boolean>,
      replica: string,
      { session }: Transaction,
    ): Promise<PresenceFlip[]> {
      const known = await find([...moves.keys()], session);
      const pairs = [...moves].map(([userId, isThere]) => {
        const before = known.get(userId) ?? noPresence(userId);
        return { before, after: moved(before, replica, isThere) };
      });
      const changed = pairs.filter(({ before, after }) => before !== after);
      await replace(
        changed.map(({ after }) => after),
        session,
      );
      return changed.flatMap(({ before, after }) => flipOf(before, after) ?? []);
    },
    /** Changes one presence; `change` gives the same one back where nothing changes. @returns what others see differently. */
    async change(
      userId: string,
      change: (before: Presence) => Presence,
      { session }: Transaction,
    ): Promise<{ isChanged: boolean; flip: PresenceFlip | undefined }> {
      const before = (await find([userId], session)).get(userId) ?? noPresence(userId);
      const after = change(before);
      if (after === before) return { isChanged: false, flip: undefined };
      await replace([after], session);
      return { isChanged: true, flip: flipOf(before, after) };
    },
    /** Up to `limit` users who are at a replica. */
    async atReplica(replica: string, limit: number): Promise<string[]> {
      const found = await presences.find({ replicas: replica }, { projection: { _id: 1 }, limit }).toArray();
      return found.map(({ _id }) => _id);
    },
    /** Those of the users who are seen to be there. */
    async shownAmong(userIds: readonly string[]): Promise<PresenceFlip[]> {
      const found = await presences
        .find({ _id: { $in: [...userIds] }, is_shown: true }, { projection: { revision: 1 } })
        .toArray();
      return found.map(({ _id, revision }) => ({ userId: _id, online: true, revision }));
    },
  };
}

function toDocument(presence: Presence): Omit<PresenceDocument, '_id'> {
  const { replicas, isHidden, hiddenRevision, revision, isErased } = presence;
  return {
    replicas,
    is_hidden: isHidden,
    hidden_revision: hiddenRevision,
    revision,
    is_erased: isErased,
    is_shown: isShown(presence),
  };
}

function fromDocument({ _id, replicas, is_hidden, hidden_revision, revision, is_erased }: PresenceDocument): Presence {
  return {
    userId: _id,
    replicas,
    isHidden: is_hidden,
    hiddenRevision: hidden_revision,
    revision,
    isErased: is_erased,
  };
}
