import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { blockedUntil, type LoginPolicy } from '../domain/login-window.ts';
import { fold } from '../domain/names.ts';
import { loginFailureModel } from './login-failure-model.ts';

export type LoginFailureStore = ReturnType<typeof createLoginFailureStore>;

/**
 * Counts wrong passwords by name, known or not, for all replicas. A guess is judged when its comparison is done:
 * however many run at once, no more than the allowed number learn that they were wrong, and none that comes after
 * those learns that it was right.
 */
export function createLoginFailureStore(db: Connection, policy: LoginPolicy) {
  const names = loginFailureModel(db);
  const recentAt = (now: Date) => ({
    $filter: {
      input: { $ifNull: ['$failures', []] },
      cond: { $gt: ['$$this', new Date(now.getTime() - policy.windowMs)] },
    },
  });

  async function find(name: string, now: Date): Promise<Date | undefined> {
    const document = await names.findById(keyOf(name)).lean();
    return document ? blockedUntil(document.failures, now, policy) : undefined;
  }

  return {
    policy,

    /** Until when the name has to wait, if it has to. */
    blockedUntil: find,

    /** Counts a failure. Where the name has to wait already it is not counted, and until when is what it gives. */
    async add(name: string, now: Date): Promise<Date | undefined> {
      const recent = recentAt(now);
      const isAllowed = { $lt: [{ $size: '$$recent' }, policy.allowed] };
      const failures = {
        $let: {
          vars: { recent },
          in: { $cond: [isAllowed, { $concatArrays: ['$$recent', [now]] }, '$$recent'] },
        },
      };
      const before = await names
        .findOneAndUpdate(
          { _id: keyOf(name) },
          [{ $set: { failures, expires_at: new Date(now.getTime() + policy.windowMs) } }],
          { upsert: true, returnDocument: 'before', updatePipeline: true },
        )
        .lean();
      return before ? blockedUntil(before.failures, now, policy) : undefined;
    },

    /** Forgets the failures after a success, unless the name has to wait by now: until when is what it gives. */
    async clear(name: string, now: Date): Promise<Date | undefined> {
      const isAllowed = { $lt: [{ $size: recentAt(now) }, policy.allowed] };
      const { deletedCount } = await names.deleteOne({ _id: keyOf(name), $expr: isAllowed });
      return deletedCount > 0 ? undefined : find(name, now);
    },
  };
}

const keyOf = (name: string): string => createHash('sha256').update(fold(name)).digest('base64url');
