import mongoose from 'mongoose';

/** Errors of the driver that say that it got no connection, or lost it; some of their classes are not exported. */
const NAMES = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoExpiredSessionError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoServerClosedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]);

/** Codes of the server for: no primary, stepping down, shutting down, too slow, not replicated in time. */
const CODES = new Set<number | string | undefined>([
  6, 7, 50, 64, 89, 91, 100, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

/** What a transaction that lost against others, or whose end is unknown, is marked with. */
const LABELS = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'];

/** Whether an error says that the database cannot do it now, and may be able to soon. */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (NAMES.has(thrown.name)) return true;
  const { MongoError, MongoNetworkError, MongoServerError } = mongoose.mongo;
  if (thrown instanceof MongoNetworkError) return true;
  if (thrown instanceof MongoServerError && CODES.has(thrown.code)) return true;
  return thrown instanceof MongoError && LABELS.some((label) => thrown.hasErrorLabel(label));
}

/** Whether an error came from the connection, not from the server: there is nobody to talk to. */
export function isConnectionLost(thrown: unknown): boolean {
  return thrown instanceof mongoose.mongo.MongoNetworkError || (thrown instanceof Error && NAMES.has(thrown.name));
}
