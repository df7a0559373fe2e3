import mongoose from 'mongoose';
import { HttpError } from '../http/errors.ts';

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
  return (
    isConnectionLost(thrown) ||
    LABELS.some((label) => hasLabel(thrown, label)) ||
    unwrap(thrown).some((error) => error instanceof mongoose.mongo.MongoServerError && CODES.has(error.code))
  );
}

/** Whether an error came from the connection, not from the server: there is nobody to talk to. */
export function isConnectionLost(thrown: unknown): boolean {
  return unwrap(thrown).some(
    (error) => error instanceof mongoose.mongo.MongoNetworkError || (error instanceof Error && NAMES.has(error.name)),
  );
}

/** Whether an error, or what it wraps, has one of the server's labels. */
export function hasLabel(thrown: unknown, label: string): boolean {
  return unwrap(thrown).some((error) => error instanceof mongoose.mongo.MongoError && error.hasErrorLabel(label));
}

/** A write of several documents wraps what went wrong, and so does what we say in its place. */
function unwrap(thrown: unknown): unknown[] {
  if (thrown instanceof mongoose.mongo.MongoServerError) return [thrown, thrown.errorResponse];
  return thrown instanceof HttpError ? [thrown, thrown.cause] : [thrown];
}
