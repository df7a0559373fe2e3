import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { isDatabaseAway } from '../mongo/database-away.ts';
import type { Clock } from '../service/clock.ts';
import type { Answer } from './answers.ts';
import { BadRequest, Conflict, Unprocessable } from './errors.ts';
import { keepAnswer, keepRefusal, refuseAgain, replay, type KeptAnswer, type KeptRefusal } from './kept-answer.ts';
import { asHttpError } from './problem.ts';

/** The part of a running request that a transaction takes note of, so that a crash after the commit repeats nothing. */
export type IdempotentRun = {
  /** What the transaction gave in an earlier, interrupted run of the same request. */
  earlier?: { result: unknown };
  /** Stores the transaction's result in that same transaction. @throws Conflict where another run has taken over. */
  remember(result: unknown, session: ClientSession): Promise<void>;
};

type Entry = {
  _id: string;
  body_hash: string;
  locked_until: Date | null;
  /** The run that has it in hand. */
  owner: string;
  result?: string;
  answer?: KeptAnswer;
  refusal?: KeptRefusal;
  created_at: Date;
};

const KEPT_SECONDS = 24 * 60 * 60;
/** Longer than a request takes. A run that was believed dead and lives cannot commit, so there is one effect. */
const LOCK_MS = 20_000;
const UNLOCK_PAUSE_MS = 500;
/** How long an answer waits for its key to be unlocked. */
const UNLOCK_PATIENCE_MS = 250;
const { EJSON } = mongoose.mongo.BSON;

export type IdempotencyKey = { userId: string; route: string; key: string; body: unknown };

/** Keeps answers to requests with an `Idempotency-Key`, in the service's own database, for 24 hours. */
export function createIdempotency(db: Connection, clock: Clock) {
  const entries = db.collection<Entry>('idempotency_keys');

  return {
    async prepare(): Promise<void> {
      await entries.createIndex({ created_at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
    },

    /**
     * Runs `work` once for a key: a second request gets the first one's answer.
     * @throws Unprocessable where the key came with another body, Conflict while the first is still running.
     */
    async once(request: IdempotencyKey, work: (run: IdempotentRun) => Promise<Answer>): Promise<Answer> {
      if (request.key.length > 255)
        throw new BadRequest('Idempotency-Key: must have 255 characters or fewer', 'invalid_idempotency_key');
      const id = hash([request.userId, request.route, request.key]);
      const entry = await take(id, hash(request.body ?? null));
      if (entry.answer) return replay(entry.answer);
      if (entry.refusal) throw refuseAgain(entry.refusal);
      return finish(entry, () => work(runOf(entry)));
    },
  };

  async function take(id: string, bodyHash: string): Promise<Entry> {
    const now = clock.now();
    const mark = { locked_until: new Date(now.getTime() + LOCK_MS), owner: randomUUID() };
    const fresh: Entry = { _id: id, body_hash: bodyHash, ...mark, created_at: now };
    if (await insert(fresh)) return fresh;
    const entry = await entries.findOneAndUpdate(
      {
        _id: id,
        body_hash: bodyHash,
        $or: [{ answer: { $exists: true } }, { refusal: { $exists: true } }, { locked_until: { $lt: now } }],
      },
      { $set: mark },
      { returnDocument: 'after' },
    );
    if (entry) return entry;
    const other = await entries.findOne({ _id: id });
    if (other === null) return take(id, bodyHash);
    if (other.body_hash !== bodyHash)
      throw new Unprocessable('This Idempotency-Key came with another body.', 'idempotency_key_reused');
    throw inUse();
  }

  async function insert(fresh: Entry): Promise<boolean> {
    try {
      await entries.insertOne(fresh);
      return true;
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
      void unlock(fresh);
      throw error;
    }
  }

  function runOf(entry: Entry): IdempotentRun {
    return {
      ...(entry.result !== undefined && {
        earlier: { result: (EJSON.parse(entry.result) as { result: unknown }).result },
      }),
      remember: async (result, session) => {
        const change = { $set: { result: EJSON.stringify({ result }) } };
        const { matchedCount } = await entries.updateOne(mine(entry), change, { session });
        if (matchedCount === 0) throw inUse();
      },
    };
  }

  async function finish(entry: Entry, work: () => Promise<Answer>): Promise<Answer> {
    const settle = (kept: Pick<Entry, 'answer'> | Pick<Entry, 'refusal'>) =>
      entries.updateOne(mine(entry), { $set: { ...kept, locked_until: null } });
    try {
      const answer = await work();
      await settle({ answer: keepAnswer(answer) }).catch(async (error: unknown) => {
        if (!isDatabaseAway(error)) throw error;
        await unlockSoon(entry);
      });
      return answer;
    } catch (error) {
      const refusal = asHttpError(error);
      if (refusal.status < 500) await settle({ refusal: keepRefusal(refusal) });
      else await unlockSoon(entry);
      throw error;
    }
  }

  /** A failure is not kept: the next request runs again, from the transaction's result if there is one. */
  function unlockSoon(entry: Entry): Promise<void> {
    return Promise.race([unlock(entry), wait(UNLOCK_PATIENCE_MS, undefined, { ref: false })]);
  }

  /** It may be the database that is away: then it goes on until that is back, or the lock ends by itself. */
  async function unlock(entry: Entry): Promise<void> {
    const limit = performance.now() + LOCK_MS;
    while (performance.now() < limit) {
      try {
        await entries.updateOne(mine(entry), { $set: { locked_until: new Date(0) } });
        return;
      } catch {
        await wait(UNLOCK_PAUSE_MS, undefined, { ref: false });
      }
    }
  }
}

export type Idempotency = ReturnType<typeof createIdempotency>;

const mine = ({ _id, owner }: Entry): Pick<Entry, '_id' | 'owner'> => ({ _id, owner });

const inUse = (): Conflict =>
  new Conflict('The first request with this Idempotency-Key is still running.', 'idempotency_key_in_use', {
    'retry-after': '1',
  });

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
