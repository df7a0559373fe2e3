import { takeTestMongod } from './test-mongod.ts';

/** Ends the mongod of the test run, and its data with it. */
export default async function globalTeardown(): Promise<void> {
  await takeTestMongod()?.stop();
}
