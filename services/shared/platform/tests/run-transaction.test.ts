import { describe, expect, it } from '@jest/globals';
import mongoose, { type ClientSession } from 'mongoose';
import { asHttpError } from '../src/http/problem.ts';
import { isDatabaseAway } from '../src/mongo/database-away.ts';
import { runTransaction } from '../src/mongo/run-transaction.ts';

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo;

const labelled = <E extends mongoose.mongo.MongoError>(error: E, label: string): E => {
  error.addErrorLabel(label);
  return error;
};

/** A session that notes what is asked of it. */
function sessionOf(commit: () => Promise<void> = () => Promise.resolve()) {
  const asked: string[] = [];
  let isOpen = false;
  const note = (what: string, opens: boolean): void => {
    asked.push(what);
    isOpen = opens;
  };
  const session = {
    startTransaction: () => note('start', true),
    inTransaction: () => isOpen,
    abortTransaction: () => Promise.resolve(note('abort', false)),
    commitTransaction() {
      note('commit', false);
      return commit();
    },
  };
  return { asked, session: session as unknown as ClientSession };
}

describe('a transaction', () => {
  it('is run again after a conflict', async () => {
    const { asked, session } = sessionOf();
    let runs = 0;
    const work = () =>
      ++runs < 3
        ? Promise.reject(
            labelled(new MongoServerError({ message: 'conflict', code: 112 }), 'TransientTransactionError'),
          )
        : Promise.resolve('done');

    expect(await runTransaction(session, work)).toBe('done');
    expect(asked).toEqual(['start', 'abort', 'start', 'abort', 'start', 'commit']);
  });

  it('is not run again where its work failed', async () => {
    const { asked, session } = sessionOf();

    await expect(runTransaction(session, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(asked).toEqual(['start', 'abort']);
  });

  it('is committed again where a commit was not answered', async () => {
    let commits = 0;
    const { asked, session } = sessionOf(() =>
      ++commits < 2
        ? Promise.reject(labelled(new MongoNetworkError('reset'), 'UnknownTransactionCommitResult'))
        : Promise.resolve(),
    );

    expect(await runTransaction(session, () => Promise.resolve(1))).toBe(1);
    expect(asked).toEqual(['start', 'commit', 'commit']);
  });

  it('that may be committed or not is a 503 that says so, in time', async () => {
    const silence = () =>
      new Promise<void>((_, reject) => {
        setTimeout(() => reject(labelled(new MongoNetworkError('reset'), 'UnknownTransactionCommitResult')), 100);
      });
    const startedAt = performance.now();

    await expect(runTransaction(sessionOf(silence).session, () => Promise.resolve(1))).rejects.toMatchObject({
      status: 503,
      message: 'The database went away meanwhile: it is not known whether this was done.',
      headers: { 'retry-after': '1' },
    });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('an error of the database', () => {
  it.each([
    ['a lost connection', new MongoNetworkError('reset')],
    ['a write of several documents that lost it', new MongoBulkWriteError(new MongoNetworkError('reset'), {} as never)],
    ['a primary that steps down', new MongoServerError({ message: 'stepping down', code: 189 })],
    ['a write that was not replicated in time', new MongoServerError({ message: 'waiting', code: 64 })],
    [
      'a conflict that did not end',
      labelled(new MongoServerError({ message: 'conflict', code: 112 }), 'TransientTransactionError'),
    ],
  ])('is a 503 for %s', (_name, error) => {
    expect([isDatabaseAway(error), asHttpError(error).status]).toEqual([true, 503]);
  });

  it.each([
    ['a duplicate', new MongoServerError({ message: 'duplicate', code: 11000 }), 409],
    ['what it does not understand', new MongoServerError({ message: 'bad value', code: 2 }), 500],
  ])('is none for %s', (_name, error, status) => {
    expect([isDatabaseAway(error), asHttpError(error).status]).toEqual([false, status]);
  });
});
