import type { Connection } from 'mongoose';

type ReplicaDocument = { _id: string; expires_at: Date; /** Who tells of its end. */ cleared_by: string | null };

export type ReplicaStore = ReturnType<typeof createReplicaStore>;

/** The replicas that are alive: each says so again before `expires_at`, by the database's clock, which is one for all. */
export function createReplicaStore(db: Connection) {
  const replicas = db.collection<ReplicaDocument>('replicas');
  const inTime = (ms: number) => ({ $add: ['$$NOW', ms] });

  return {
    async enter(id: string, ttlMs: number): Promise<void> {
      await replicas.updateOne({ _id: id }, [{ $set: { expires_at: inTime(ttlMs), cleared_by: null } }], {
        upsert: true,
      });
    },
    /** A sign of life, good for so long. @returns false where the replica was thought to be dead meanwhile. */
    async beat(id: string, ttlMs: number): Promise<boolean> {
      const beaten = await replicas.updateOne({ _id: id, cleared_by: null }, [{ $set: { expires_at: inTime(ttlMs) } }]);
      return beaten.matchedCount === 1;
    },
    /** Finds a replica that gave no sign of life in time, and takes it over for so long. */
    async takeExpired(by: string, ttlMs: number): Promise<string | undefined> {
      const taken = await replicas.findOneAndUpdate(
        { $expr: { $lt: ['$expires_at', '$$NOW'] } },
        [{ $set: { expires_at: inTime(ttlMs), cleared_by: by } }],
        { projection: { _id: 1 } },
      );
      return taken?._id;
    },
    /** Keeps what was taken over for so long again. */
    async hold(id: string, ttlMs: number): Promise<void> {
      await replicas.updateOne({ _id: id }, [{ $set: { expires_at: inTime(ttlMs) } }]);
    },
    async remove(id: string): Promise<void> {
      await replicas.deleteOne({ _id: id });
    },
  };
}
