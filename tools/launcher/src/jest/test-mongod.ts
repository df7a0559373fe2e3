import type { RunningMongod } from '../mongod/start-mongod.ts';

/** jest loads its global setup and teardown apart from each other, so what they share hangs on the process. */
const shelf = process as unknown as Record<symbol, RunningMongod | undefined>;
const key = Symbol.for('commons.test-mongod');

/** Remembers the mongod of this test run for its teardown. */
export function keepTestMongod(mongod: RunningMongod): void {
  shelf[key] = mongod;
}

/** The mongod that this test run started, if it did; only the first caller gets it. */
export function takeTestMongod(): RunningMongod | undefined {
  const mongod = shelf[key];
  delete shelf[key];
  return mongod;
}
