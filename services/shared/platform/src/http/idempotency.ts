import { createHash } from 'node:crypto';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import type { Clock } from '../service/clock.ts';
import type { Answer } from './answers.ts';
import { asHttpError } from './problem.ts';
import { BadRequest, Conflict, HttpError, Unprocessable, type FieldError } from './errors.ts';

/** The part of a running request that a transaction takes note of, so that a crash after the commit repeats nothing. */
export type IdempotentRun = {
  /** What the transaction gave in an earlier, interrupted run of the same request. */
  earlier?: { result: unknown };
  /** Stores the transaction's result in that same transaction. */
  remember(result: unknown, session: ClientSession): Promise<void>;
};

type Refusal = {
  status: number;
  message: string;
  code: string;
  errors: FieldError[] | null;
  headers: Record<string, string>;
};

type Entry = {
  _id: string;
  body_hash: string;
  locked_until: Date | null;
  result?: string;
  answer?: { status: number; body: string | null; headers: Record<string, string> };
  refusal?: Refusal;
  created_at: Date;
};

const KEPT_SECONDS = 24 * 60 * 60;
const LOCK_MS = 60_000;
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
      if (entry.refusal) throw refusalError(entry.refusal);
      const run: IdempotentRun = {
        ...(entry.result !== undefined && {
          earlier: { result: (EJSON.parse(entry.result) as { result: unknown }).result },
        }),
        remember: async (result, session) => {
          await entries.updateOne({ _id: id }, { $set: { result: EJSON.stringify({ result }) } }, { session });
        },
      };
      return finish(id, () => work(run));
    },
  };

  async function take(id: string, bodyHash: string): Promise<Entry> {
    const now = clock.now();
    const locked_until = new Date(now.getTime() + LOCK_MS);
    const fresh: Entry = { _id: id, body_hash: bodyHash, locked_until, created_at: now };
    try {
      await entries.insertOne(fresh);
      return fresh;
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError && error.code === 11000)) throw error;
    }
    const entry = await entries.findOneAndUpdate(
      {
        _id: id,
        body_hash: bodyHash,
        $or: [{ answer: { $exists: true } }, { refusal: { $exists: true } }, { locked_until: { $lt: now } }],
      },
      { $set: { locked_until } },
      { returnDocument: 'after' },
    );
    if (entry) return entry;
    const other = await entries.findOne({ _id: id });
    if (other === null) return take(id, bodyHash);
    if (other.body_hash !== bodyHash)
      throw new Unprocessable('This Idempotency-Key came with another body.', 'idempotency_key_reused');
    throw new Conflict('The first request with this Idempotency-Key is still running.', 'idempotency_key_in_use', {
      'retry-after': '1',
    });
  }

  async function finish(id: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await work();
      const kept = {
        status: answer.status,
        body: answer.body === undefined ? null : JSON.stringify(answer.body),
        headers: answer.headers ?? {},
      };
      await entries.updateOne({ _id: id }, { $set: { answer: kept, locked_until: null } });
      return answer;
    } catch (error) {
      await noteFailure(id, asHttpError(error));
      throw error;
    }
  }

  /** A refusal is kept like an answer. A failure is not: the next request runs again, from the transaction's result if there is one. */
  async function noteFailure(id: string, error: HttpError): Promise<void> {
    const { status, message, code, errors, headers } = error;
    const refusal: Refusal = { status, message, code, errors: errors ?? null, headers };
    const change = status < 500 ? { refusal, locked_until: null } : { locked_until: new Date(0) };
    await entries.updateOne({ _id: id }, { $set: change });
  }
}

export type Idempotency = ReturnType<typeof createIdempotency>;

function replay(answer: NonNullable<Entry['answer']>): Answer {
  return {
    status: answer.status,
    ...(answer.body !== null && { body: JSON.parse(answer.body) as unknown }),
    headers: { ...answer.headers, 'idempotency-replayed': 'true' },
  };
}

function refusalError({ status, message, code, errors, headers }: Refusal): HttpError {
  return new HttpError(status, message, { code, ...(errors && { errors }), headers });
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
