import { startMongod } from '../mongod/start-mongod.ts';
import { keepTestMongod } from './test-mongod.ts';

/**
 * Starts one mongod for a whole test run, unless COMMONS_TEST_MONGODB_URI names one already. Test files find its connection
 * string in that variable and each make a database of their own in it.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env['COMMONS_TEST_MONGODB_URI']) return;
  const mongod = await startMongod({ keepsExpired: true, say: (line) => console.log(line) });
  process.env['COMMONS_TEST_MONGODB_URI'] = mongod.uri;
  keepTestMongod(mongod);
}
