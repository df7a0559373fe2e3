import mongoose, { type ClientSession, type Connection } from 'mongoose';

type Handled = { _id: string; at: Date };

const KEPT_SECONDS = 14 * 24 * 60 * 60;

const inboxOf = (db: Connection) => db.collection<Handled>('inbox');

/** An event that was handled before. */
export class AlreadyHandled extends Error {
  constructor(eventId: string) {
    super(`event ${eventId} was handled before`);
    this.name = 'AlreadyHandled';
  }
}

/** Makes the inbox; ids are kept for two weeks. */
export async function prepareInbox(db: Connection): Promise<void> {
  await inboxOf(db).createIndex({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
}

/**
 * Notes an event as handled, in the transaction of its effect.
 * @throws AlreadyHandled where it was noted before.
 */
export async function noteHandled(db: Connection, eventId: string, session: ClientSession): Promise<void> {
  try {
    await inboxOf(db).insertOne({ _id: eventId, at: new Date() }, { session });
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) throw new AlreadyHandled(eventId);
    throw error;
  }
}
