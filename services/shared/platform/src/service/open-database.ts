import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { z } from 'zod';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { Dapr } from '../dapr/dapr.ts';
import { prepareInbox } from '../events/inbox.ts';
import { createOutbox, outboxOf } from '../events/outbox.ts';
import { createRelay, type Relay } from '../events/relay.ts';
import { createIdempotency, type Idempotency } from '../http/idempotency.ts';
import type { Logger } from '../log/logger.ts';
import { awaitDatabase } from '../mongo/await-database.ts';
import { connectDatabase, type DatabaseOptions } from '../mongo/connect.ts';
import { isUpToDate, migrate, type Migration } from '../mongo/migrate.ts';
import { createTransactions, type RunTransaction } from '../mongo/transaction.ts';
import { systemClock, type Clock } from './clock.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';

export type Database = {
  db: Connection;
  relay: Relay;
  transaction: RunTransaction;
  idempotency: Idempotency;
  onPublished(listener: (type: string) => void): void;
  close(): Promise<void>;
};

type Parts = { config: PlatformConfig; clock: Clock; dapr: Dapr; log: Logger };

/** Opens a service's database: connected, migrated, with outbox, inbox and kept answers. Undefined where it has none. */
export async function openDatabase<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  { config, clock, dapr, log }: Parts,
): Promise<Database | undefined> {
  if (definition.database === false) return undefined;
  const db = await openUpToDate(definition, { config, log });
  const idempotency = createIdempotency(db, clock);
  const listeners: ((type: string) => void)[] = [];
  const relay = createRelay({
    db,
    publish: (topic, envelope) => dapr.publish(topic, envelope),
    proof: { publish: () => dapr.publish(PROOF_TOPIC, proofOf(definition.name)) },
    log,
    onPublished: ({ envelope }) => listeners.forEach((listener) => listener(envelope.type)),
  });
  const outbox = createOutbox({ db, source: definition.name, clock, onRelease: (events) => relay.enqueue(events) });
  return {
    db,
    relay,
    idempotency,
    transaction: createTransactions(db, outbox),
    onPublished: (listener) => void listeners.push(listener),
    close: () => db.close(),
  };
}

/** Nobody subscribes to it: what is published here only shows that the way to the broker is open. */
const PROOF_TOPIC = 'outbox-proofs';

const proofOf = (service: string) => ({
  specversion: '1.0',
  id: randomUUID(),
  type: 'OutboxProof',
  source: service,
  datacontenttype: 'application/json',
  data: {},
});

/** Connects to a service's database, as soon as it is there, and brings it up to date. */
export async function openUpToDate<Schema extends z.ZodObject, Context extends BaseContext>(
  { name, migrations = [] }: ServiceDefinition<Schema, Context>,
  { config, log }: Pick<Parts, 'config' | 'log'>,
): Promise<Connection> {
  const address = { uri: config.MONGODB_URI, name: `${config.DATABASE_PREFIX}${name}` };
  const db = await awaitDatabase(address, { limitMs: config.DATABASE_WAIT_MS, log });
  try {
    await bringUpToDate(db, address, [platformMigration, ...migrations], log);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** A migration may take as long as it takes: it has a connection of its own. */
async function bringUpToDate(
  db: Connection,
  address: DatabaseOptions,
  migrations: readonly Migration[],
  log: Logger,
): Promise<void> {
  if (await isUpToDate(db, migrations)) return;
  const patient = await connectDatabase({ ...address, isPatient: true });
  try {
    await migrate(patient, migrations, log);
  } finally {
    await patient.close();
  }
}

/** Collections that every service has. They are made before the first transaction needs them. */
const platformMigration: Migration = {
  name: '0000-platform',
  async up(db) {
    await outboxOf(db).createIndex({ lease_until: 1 });
    await prepareInbox(db);
    await createIdempotency(db, systemClock).prepare();
  },
};
