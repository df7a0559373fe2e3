import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { userDeleted } from '@commons/contracts';
import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { createOutbox, outboxOf, type PendingEvent } from '../src/events/outbox.ts';
import { createRelay, type Relay, type RelayOptions } from '../src/events/relay.ts';
import { createTransactions, type RunTransaction } from '../src/mongo/transaction.ts';
import { withRequest } from '../src/http/request-context.ts';
import { systemClock } from '../src/service/clock.ts';
import { anId } from '../src/testing/fake-users.ts';
import { testDatabase } from '../src/testing/test-database.ts';
import { until } from '../src/testing/until.ts';

const database = testDatabase();
let db: Connection;
let relays: Relay[] = [];
beforeAll(async () => {
  db = await database.open('outbox');
});
beforeEach(() =>
  outboxOf(db)
    .deleteMany({})
    .then(() => undefined),
);
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop(100)));
  relays = [];
});
afterAll(() => database.drop('outbox'));

function relayTo(
  publish: RelayOptions['publish'],
  proof: RelayOptions['proof'] = { publish: () => Promise.resolve(), afterMs: 10 },
): Relay {
  const relay = createRelay({ db, publish, proof, log: pino({ level: 'silent' }), sweepMs: 10 });
  relays.push(relay);
  return relay;
}

function transactionsWith(relay: Relay | undefined): RunTransaction {
  const outbox = createOutbox({
    db,
    source: 'auth',
    clock: systemClock,
    onRelease: (events) => relay?.enqueue(events),
  });
  return createTransactions(db, outbox);
}

const overdue = (event: PendingEvent): PendingEvent => ({ ...event, lease_until: new Date(Date.now() - 1) });

describe('the outbox', () => {
  it('publishes what a transaction emitted, with who caused it, and then forgets it', async () => {
    const published: PendingEvent['envelope'][] = [];
    const relay = relayTo(async (_topic, envelope) => void published.push(envelope));
    await relay.start();
    const userId = anId();
    const request = {
      requestId: 'r',
      ip: '203.0.113.9',
      userAgent: 'curl',
      actorId: userId,
      authorization: null,
      publicBaseUrl: '',
    };

    await withRequest(request, () =>
      transactionsWith(relay)(async (tx) => tx.emit(userDeleted, userId, { user_id: userId })),
    );

    await until(async () => (await relay.depth()) === 0);
    expect(published).toEqual([
      {
        specversion: '1.0',
        id: expect.any(String),
        type: 'UserDeleted',
        source: 'auth',
        subject: userId,
        time: expect.any(String),
        datacontenttype: 'application/json',
        data: { v: 1, user_id: userId, meta: { actor_id: userId, ip: '203.0.113.9', user_agent: 'curl' } },
      },
    ]);
  });

  it('publishes nothing of a transaction that failed', async () => {
    const relay = relayTo(() => Promise.reject(new Error('nothing is to be published')));
    await relay.start();
    const failing = transactionsWith(relay)((tx) => {
      tx.emit(userDeleted, anId(), { user_id: anId() });
      return Promise.reject(new Error('changed my mind'));
    });

    await expect(failing).rejects.toThrow('changed my mind');

    expect(await relay.depth()).toBe(0);
  });

  it('emits once though the transaction had to run again', async () => {
    const published: string[] = [];
    const relay = relayTo(async (_topic, { id }) => void published.push(id));
    await relay.start();
    await db.collection('counters').insertOne({ name: 'hot', value: 0 });
    const increment = (): Promise<unknown> =>
      transactionsWith(relay)(async (tx) => {
        await db.collection('counters').updateOne({ name: 'hot' }, { $inc: { value: 1 } }, { session: tx.session });
        tx.emit(userDeleted, anId(), { user_id: anId() });
      });

    await Promise.all(Array.from({ length: 20 }, increment));

    await until(async () => (await relay.depth()) === 0);
    expect(await db.collection('counters').findOne({ name: 'hot' })).toMatchObject({ value: 20 });
    expect(new Set(published).size).toBe(20);
    expect(published).toHaveLength(20);
  });

  it('keeps an event that the broker refuses, and publishes it when the broker is back', async () => {
    let isAway = true;
    const published: string[] = [];
    const relay = relayTo(async (_topic, { id }) => {
      if (isAway) throw new Error('away');
      published.push(id);
    });
    await relay.start();
    await transactionsWith(relay)(async (tx) => tx.emit(userDeleted, anId(), { user_id: anId() }));
    await until(async () => (await relay.depth()) === 1);

    isAway = false;
    await outboxOf(db).updateMany({}, { $set: { lease_until: new Date(0) } });

    await until(async () => (await relay.depth()) === 0);
    expect(published).toHaveLength(1);
  });

  it('publishes an event again that the sidecar accepted and the broker never had', async () => {
    const published: string[] = [];
    let isBroken = true;
    const publish = async (_topic: string, { id }: PendingEvent['envelope']): Promise<void> => void published.push(id);
    // As after a broken connection: the next publication fails, or takes until there is a new one.
    let refusals = 0;
    const prove = async (): Promise<void> => {
      if (!isBroken) return;
      refusals++;
      throw new Error('not connected');
    };
    const relay = relayTo(publish, { publish: prove, afterMs: 10 });
    await relay.start();
    await transactionsWith(relay)(async (tx) => tx.emit(userDeleted, anId(), { user_id: anId() }));
    await until(() => refusals === 1);
    expect(await relay.depth()).toBe(1);

    isBroken = false;
    await outboxOf(db).updateMany({}, { $set: { lease_until: new Date(0) } });

    await until(async () => (await relay.depth()) === 0);
    expect(published).toEqual([published[0], published[0]]);
  });

  it('takes over what a dead replica left, once its lease has run out', async () => {
    const left: PendingEvent[] = [];
    const outbox = createOutbox({ db, source: 'auth', clock: systemClock, onRelease: () => undefined });
    left.push(
      overdue(outbox.prepare(userDeleted, anId(), { user_id: anId() })),
      outbox.prepare(userDeleted, anId(), { user_id: anId() }),
    );
    await outboxOf(db).insertMany(left);
    const published: string[] = [];

    await relayTo(async (_topic, { id }) => void published.push(id)).start();

    await until(() => published.length === 1);
    expect(published).toEqual([left[0]?._id]);
    expect(await outboxOf(db).countDocuments({ _id: left[1]?._id ?? '' })).toBe(1);
  });

  it('shares the work between replicas without publishing twice', async () => {
    const outbox = createOutbox({ db, source: 'auth', clock: systemClock, onRelease: () => undefined });
    const events = Array.from({ length: 60 }, () => overdue(outbox.prepare(userDeleted, anId(), { user_id: anId() })));
    await outboxOf(db).insertMany(events);
    const published: string[] = [];
    const publish = async (_topic: string, { id }: PendingEvent['envelope']): Promise<void> => void published.push(id);

    await Promise.all([relayTo(publish).start(), relayTo(publish).start()]);

    await until(async () => (await outboxOf(db).countDocuments()) === 0);
    expect(published.toSorted()).toEqual(events.map(({ _id }) => _id).toSorted());
  });
});

describe('what follows a commit', () => {
  it('is done once the transaction can be seen, and before anybody is told of it', async () => {
    const seen: string[] = [];
    const entries = db.collection<{ _id: string }>('entries');
    const relay = relayTo(async () => void seen.push('told'));
    await relay.start();
    const id = anId();

    await transactionsWith(relay)(async (tx) => {
      tx.afterCommit(async () => void seen.push((await entries.findOne({ _id: id })) ? 'there' : 'not there'));
      await entries.insertOne({ _id: id }, { session: tx.session });
      tx.emit(userDeleted, id, { user_id: id });
    });

    await until(() => seen.length === 2);
    expect(seen).toEqual(['there', 'told']);
  });

  it('is not done where the transaction fails', async () => {
    const seen: string[] = [];

    const failing = transactionsWith(undefined)((tx) => {
      tx.afterCommit(() => void seen.push('done'));
      return Promise.reject(new Error('no'));
    });

    await expect(failing).rejects.toThrow('no');
    expect(seen).toEqual([]);
  });
});
