import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Logger } from '../log/logger.ts';
import { createOutageLog } from '../log/outage-log.ts';
import type { RunTransaction, Transaction } from '../mongo/transaction.ts';

/** What each kind of job carries from step to step; it lives in MongoDB, so only what BSON can hold. */
export type JobKinds = Record<string, Record<string, unknown>>;

export type JobRun<Data> = {
  data: Data;
  /**
   * Ends the step: `work` writes, and what it returns replaces the job's data for the next step, in one transaction.
   * Undefined ends the job.
   */
  commit(work: (tx: Transaction) => Promise<Data | undefined>): Promise<void>;
};

export type JobSteps<Kinds extends JobKinds> = { [Kind in keyof Kinds]: (run: JobRun<Kinds[Kind]>) => Promise<void> };

/** Work that is too much for one request or event: done step by step, beside them. */
export type Jobs<Kinds extends JobKinds> = {
  /** Adds a job in the transaction of its cause. One with this kind and key that is not done yet stays as it is. */
  add<Kind extends keyof Kinds & string>(kind: Kind, key: string, data: Kinds[Kind], tx: Transaction): Promise<void>;
  start(steps: JobSteps<Kinds>): Promise<void>;
  /** Lets the step in hand end; what is left goes on in another replica, or at the next start. */
  stop(): Promise<void>;
};

export type JobsOptions = {
  db: Connection;
  transaction: RunTransaction;
  log: Logger;
  /** How often jobs of other replicas, and failed ones, are looked for, in milliseconds. */
  sweepMs?: number;
  /** How long a step may take before another replica takes the job over, in milliseconds. */
  leaseMs?: number;
};

type Entry = {
  _id: string;
  kind: string;
  data: Record<string, unknown>;
  /** Nobody touches it before: it is leased until then, or waits after a failure. */
  due_at: Date;
  owner: string | null;
  failures: number;
  created_at: Date;
};

const jobsOf = (db: Connection) => db.collection<Entry>('jobs');

/** A transaction commits a little after its job was added. */
const WAKE_MS = 15;
const LONGEST_WAIT_MS = 60_000;

/** Makes the collection of jobs: a migration of each service that has some. */
export async function prepareJobs(db: Connection): Promise<void> {
  await jobsOf(db).createIndex({ due_at: 1 });
}

/**
 * Durable jobs in a service's own database. A step's effects and its progress are committed together, so that a
 * crash repeats no step that was committed; a step that fails is tried again, ever more seldom, and holds up no other job.
 */
export function createJobs<Kinds extends JobKinds>(options: JobsOptions): Jobs<Kinds> {
  const { db, transaction, log, sweepMs = 1_000, leaseMs = 30_000 } = options;
  const jobs = jobsOf(db);
  // A job is not part of the request that wakes it: its transactions are not that request's.
  const outsideRequests = AsyncLocalStorage.snapshot();
  const outage = createOutageLog(log, { away: 'jobs cannot be read', back: 'jobs can be read again' });
  let steps: JobSteps<Kinds> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isNewsIn = false;

  function wake(afterMs: number): void {
    if (!steps) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isNewsIn = false;
      running = outsideRequests(sweep).finally(() => {
        running = undefined;
        wake(isNewsIn ? WAKE_MS : sweepMs);
      });
    }, afterMs).unref();
  }

  async function sweep(): Promise<void> {
    try {
      for (let job = await claim(); job; job = await claim()) await run(job);
      outage.worked();
    } catch (error) {
      outage.failed(error);
    }
  }

  async function claim(): Promise<Entry | null> {
    if (!steps) return null;
    return jobs.findOneAndUpdate(
      { due_at: { $lte: new Date() } },
      { $set: { owner: randomUUID(), due_at: new Date(Date.now() + leaseMs) } },
      { sort: { due_at: 1 }, returnDocument: 'after' },
    );
  }

  async function run(job: Entry): Promise<void> {
    try {
      const step = steps?.[job.kind];
      if (!step) throw new Error(`there is no job of the kind ${job.kind}`);
      await step({ data: job.data as Kinds[string], commit: (work) => commit(job, work) });
    } catch (error) {
      log.warn(
        { err: error, job: job.kind, failures: job.failures + 1 },
        'a step of a job failed, and will be tried again',
      );
      await postpone(job);
    }
  }

  async function commit(
    job: Entry,
    work: (tx: Transaction) => Promise<Record<string, unknown> | undefined>,
  ): Promise<void> {
    const mine = { _id: job._id, owner: job.owner };
    await transaction(async (tx) => {
      const data = await work(tx);
      const { session } = tx;
      const change = { $set: { data, due_at: new Date(), owner: null, failures: 0 } };
      const isMine = data
        ? (await jobs.updateOne(mine, change as object, { session })).matchedCount === 1
        : (await jobs.deleteOne(mine, { session })).deletedCount === 1;
      if (!isMine) throw new Error('another replica has taken the job over');
    });
  }

  async function postpone(job: Entry): Promise<void> {
    const waitMs = Math.min(LONGEST_WAIT_MS, 100 * 2 ** Math.min(job.failures, 20));
    const change = { $set: { due_at: new Date(Date.now() + waitMs), owner: null }, $inc: { failures: 1 } };
    await jobs.updateOne({ _id: job._id, owner: job.owner }, change);
  }

  return {
    async add(kind, key, data, { session }) {
      const fresh = { kind, data, due_at: new Date(), owner: null, failures: 0, created_at: new Date() };
      await jobs.updateOne({ _id: `${kind}:${key}` }, { $setOnInsert: fresh }, { upsert: true, session });
      isNewsIn = true;
      if (!running) wake(WAKE_MS);
    },
    async start(given) {
      steps = given;
      wake(0);
    },
    async stop() {
      steps = undefined;
      clearTimeout(timer);
      await running;
    },
  };
}
