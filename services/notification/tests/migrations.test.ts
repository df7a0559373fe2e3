import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anId, testDatabase } from '@commons/platform/testing';
import { Types, type Connection } from 'mongoose';
import { createNotifications } from '../migrations/0001-notifications.ts';
import { addPeopleAndProjects } from '../migrations/0002-people-and-projects.ts';

const database = testDatabase();
let db: Connection;
beforeAll(async () => {
  db = await database.open('notification');
});
afterAll(() => database.drop('notification'));

describe('the migration to people and projects', () => {
  it('names those whom earlier likes told, and may be done twice', async () => {
    await createNotifications.up(db);
    const [recipient, told, goneGroup] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];
    await db.collection('notifications').insertOne({ _id: told, user_id: recipient, key: anId(), type: 'LIKE' });
    const likes = db.collection<{ _id: string; group_id: Types.ObjectId | null; recipient_id?: Types.ObjectId }>(
      'likes',
    );
    await likes.insertMany([
      { _id: 'a', group_id: told },
      { _id: 'b', group_id: goneGroup },
      { _id: 'c', group_id: null },
    ]);

    await addPeopleAndProjects.up(db);
    await addPeopleAndProjects.up(db);

    expect(await likes.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', group_id: told, recipient_id: recipient },
      { _id: 'b', group_id: goneGroup },
      { _id: 'c', group_id: null },
    ]);
  });
});
