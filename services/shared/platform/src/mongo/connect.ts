import mongoose, { type Connection, type ConnectOptions } from 'mongoose';

/**
 * How soon a database that is away is noticed: a heart that beats every second is missed after two and a half more. What is
 * in hand is broken off then, what comes later waits for `serverSelectionTimeoutMS`: a request has its answer within five
 * seconds, and the next heartbeat brings the pool back.
 */
const LIMITS: ConnectOptions = {
  heartbeatFrequencyMS: 1_000,
  connectTimeoutMS: 1_500,
  serverSelectionTimeoutMS: 1_500,
  waitQueueTimeoutMS: 3_000,
};

/** A database that lives but does not answer: whatever a request asks is far quicker. */
const ANSWER_LIMIT_MS = 10_000;

export type DatabaseOptions = {
  /** Of a replica set: transactions need one. */
  uri: string;
  name: string;
  /** For work that may take long, e.g. the making of an index: an answer is waited for as long as the heart beats. */
  isPatient?: boolean;
};

/**
 * Connects to a service's own database. Indexes are made by migrations, not by models.
 * @throws the driver's error where the database is away.
 */
export async function connectDatabase({ uri, name, isPatient = false }: DatabaseOptions): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...LIMITS,
    ...(!isPatient && { socketTimeoutMS: ANSWER_LIMIT_MS }),
    dbName: name,
    autoIndex: false,
    autoCreate: false,
    // While the connection is lost the driver waits for it, by the limits above; mongoose would wait beside it.
    bufferCommands: false,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}
