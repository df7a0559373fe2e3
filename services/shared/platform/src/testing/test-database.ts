import { randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { environment } from '../config/environment.ts';
import { connectDatabase } from '../mongo/connect.ts';

export type TestDatabase = {
  uri: string;
  /** Keeps this test's databases apart from all others. */
  prefix: string;
  /** A connection to one of them; close it with `drop`. */
  open(name: string): Promise<Connection>;
  /** Removes one, and closes what was opened. */
  drop(name: string): Promise<void>;
};

/** Databases of a test's own on the `mongod` that the test run has started. */
export function testDatabase(): TestDatabase {
  const uri = environment['COMMONS_TEST_MONGODB_URI'];
  if (uri === undefined)
    throw new Error(
      'COMMONS_TEST_MONGODB_URI is not set: run the tests by jest at the root, whose set-up starts mongod',
    );
  const prefix = `t${randomBytes(5).toString('hex')}_`;
  const opened: Connection[] = [];
  return {
    uri,
    prefix,
    async open(name) {
      const connection = await connectDatabase({ uri, name: `${prefix}${name}` });
      opened.push(connection);
      return connection;
    },
    async drop(name) {
      const connection = await mongoose.createConnection(uri).asPromise();
      await connection.useDb(`${prefix}${name}`).dropDatabase();
      await Promise.all([connection, ...opened].map((each) => each.close()));
    },
  };
}
