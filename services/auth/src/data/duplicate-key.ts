import mongoose from 'mongoose';

/** The fields of the unique index that a write ran into; undefined for every other error. */
export function duplicateKey(error: unknown): string[] | undefined {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) return undefined;
  return Object.keys((error['keyPattern'] as object | undefined) ?? {});
}
