import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { userDataErased } from '@commons/contracts';
import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { createOutbox, outboxOf } from '../src/events/outbox.ts';
import { createJobs, prepareJobs, type Jobs, type JobSteps } from '../src/jobs/create-jobs.ts';
import { createTransactions, type RunTransaction } from '../src/mongo/transaction.ts';
import { systemClock } from '../src/service/clock.ts';
import { anId } from '../src/testing/fake-users.ts';
import { testDatabase } from '../src/testing/test-database.ts';
import { until } from '../src/testing/until.ts';

type Kinds = { count: { to: number; at: number } };
type Counted = { _id: string; at: number };

const database = testDatabase();
let db: Connection;
let transaction: RunTransaction;
let started: Jobs<Kinds>[] = [];
beforeAll(async () => {
  db = await database.open('jobs');
  await prepareJobs(db);
  const outbox = createOutbox({ db, source: 'post', clock: systemClock, onRelease: () => undefined });
  transaction = createTransactions(db, outbox);
});
beforeEach(async () => {
  for (const name of ['jobs', 'counted', 'outbox']) await db.collection(name).deleteMany({});
});
afterEach(async () => {
  await Promise.all(started.map((jobs) => jobs.stop()));
  started = [];
});
afterAll(() => database.drop('jobs'));

const aReplica = (leaseMs?: number): Jobs<Kinds> => {
  const log = pino({ level: 'silent' });
  const jobs = createJobs<Kinds>({ db, transaction, log, sweepMs: 10, ...(leaseMs !== undefined && { leaseMs }) });
  started.push(jobs);
  return jobs;
};

const counted = async () =>
  (await db.collection<Counted>('counted').find().sort({ at: 1 }).toArray()).map(({ at }) => at);
const isDone = async () => (await db.collection('jobs').countDocuments()) === 0;
const begin = (jobs: Jobs<Kinds>, data: Kinds['count'], key = 'a') =>
  transaction((tx) => jobs.add('count', key, data, tx));

/** Notes each number; a second note of the same one would be a duplicate key. */
const counting: JobSteps<Kinds> = {
  count: ({ data: { to, at }, commit }) =>
    commit(async ({ session }) => {
      await db.collection<Counted>('counted').insertOne({ _id: `n${at}`, at }, { session });
      return at < to ? { to, at: at + 1 } : undefined;
    }),
};

describe('jobs', () => {
  it('go on step by step to their end, with what a step wrote and where it stands committed together', async () => {
    const jobs = aReplica();
    await jobs.start(counting);

    await begin(jobs, { to: 5, at: 1 });

    await until(isDone);
    expect(await counted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('publish the events of a step with it', async () => {
    const jobs = aReplica();
    const userId = anId();
    await jobs.start({
      count: ({ commit }) =>
        commit(async (tx) => {
          tx.emit(userDataErased, userId, { user_id: userId, service: 'post' });
          return undefined;
        }),
    });

    await begin(jobs, { to: 1, at: 1 });

    await until(isDone);
    const [event] = await outboxOf(db).find().toArray();
    expect(event?.envelope.data).toMatchObject({ user_id: userId, service: 'post' });
  });

  it('do not begin where the transaction that added them did not commit', async () => {
    const jobs = aReplica();
    await jobs.start(counting);

    const failing = transaction(async (tx) => {
      await jobs.add('count', 'a', { to: 1, at: 1 }, tx);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    await begin(jobs, { to: 9, at: 9 }, 'b');
    await until(isDone);
    expect(await counted()).toEqual([9]);
  });

  it('are one for a kind and key, however often they are added', async () => {
    const jobs = aReplica();
    await begin(jobs, { to: 2, at: 1 });
    await begin(jobs, { to: 7, at: 5 });

    await jobs.start(counting);

    await until(isDone);
    expect(await counted()).toEqual([1, 2]);
  });

  it('try a step that failed again, from where the last committed one stood, and let others pass meanwhile', async () => {
    const jobs = aReplica();
    let failures = 0;
    await jobs.start({
      count: async (run) => {
        if (run.data.at === 3 && failures++ < 2) throw new Error('not yet');
        await counting.count(run);
      },
    });

    await begin(jobs, { to: 4, at: 1 });
    await begin(jobs, { to: 11, at: 10 }, 'b');

    await until(isDone);
    expect({ counted: await counted(), failures }).toEqual({ counted: [1, 2, 3, 4, 10, 11], failures: 3 });
  });

  it('are taken over where a replica stopped between two steps', async () => {
    const first = aReplica();
    let isReached = false;
    await first.start({
      count: async (run) => {
        await counting.count(run);
        if (run.data.at === 2) {
          isReached = true;
          void first.stop();
        }
      },
    });
    await begin(first, { to: 4, at: 1 });
    await until(() => isReached);
    await first.stop();

    await aReplica().start(counting);

    await until(isDone);
    expect(await counted()).toEqual([1, 2, 3, 4]);
  });

  it('commit nothing in a replica that was too slow and lost the job to another', async () => {
    const slow = aReplica(20);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isHeld = false;
    await slow.start({
      count: async (run) => {
        isHeld = true;
        await held;
        await counting.count(run);
      },
    });
    await begin(slow, { to: 2, at: 1 });
    await until(() => isHeld);

    await aReplica().start(counting);

    await until(isDone);
    release();
    await slow.stop();
    expect(await counted()).toEqual([1, 2]);
  });

  it('are worked on by several replicas at once, each step once', async () => {
    const replicas = [aReplica(), aReplica(), aReplica()];
    await Promise.all(replicas.map((jobs) => jobs.start(counting)));

    await Promise.all(
      Array.from({ length: 10 }, (_, job) =>
        begin(replicas[job % 3]!, { to: job * 10 + 4, at: job * 10 }, `job${job}`),
      ),
    );

    await until(isDone);
    expect(await counted()).toEqual(
      Array.from({ length: 10 }, (_, job) => [0, 1, 2, 3, 4].map((step) => job * 10 + step)).flat(),
    );
  });
});
