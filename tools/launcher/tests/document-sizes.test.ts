import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { documentSizes } from '../src/mongod/document-sizes.ts';

const uri = process.env['COMMONS_TEST_MONGODB_URI'] ?? '';
const database = `sizes-${randomUUID()}`;
let client: MongoClient;
beforeAll(async () => {
  client = await MongoClient.connect(uri);
});
afterAll(async () => {
  await client.db(database).dropDatabase();
  await client.close();
});

it('measures collections that have documents enough to tell how large one is', async () => {
  const texts = Array.from({ length: 600 }, () => ({ text: 'x'.repeat(200) }));
  await client.db(database).collection('many').insertMany(texts);
  await client.db(database).collection('few').insertOne({ text: 'x' });

  const own = (await documentSizes(uri)).filter(({ collection }) => collection.startsWith(database));

  expect(own).toEqual([
    {
      collection: `${database}.many`,
      documents: 600,
      bytes: expect.closeTo(230, -1),
      onDisk: expect.any(Number),
      inIndexes: expect.any(Number),
    },
  ]);
  expect(own[0]?.onDisk).toBeGreaterThan(0);
});
