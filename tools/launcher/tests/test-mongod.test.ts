import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

it('gives every test file a mongod that takes transactions', async () => {
  const client = new MongoClient(process.env['COMMONS_TEST_MONGODB_URI'] ?? '');
  const things = client.db('test_mongod').collection('things');

  await client.withSession((session) =>
    session.withTransaction(async () => {
      await things.insertOne({ name: 'kept' }, { session });
    }),
  );
  const kept = await things.find({}, { projection: { _id: 0 } }).toArray();
  await client.close();

  expect(kept).toEqual([{ name: 'kept' }]);
});
