import { afterEach } from '@jest/globals';
import { createDaprHarness, type DaprHarness, type HarnessOptions } from '@commons/dapr-harness';
import { startTestApp, type TestApp } from './test-app.ts';

/** Starts harnesses and apps that end with the test that asked for them. */
export type Scope = {
  harness(options: HarnessOptions): Promise<DaprHarness>;
  app(...parameters: Parameters<typeof startTestApp>): Promise<TestApp>;
};

export function useScope(): Scope {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });
  const keep = <T extends { close(): Promise<void> }>(each: T): T => {
    opened.push(each);
    return each;
  };
  return {
    harness: async (options) => keep(await createDaprHarness(options)),
    app: async (...parameters) => keep(await startTestApp(...parameters)),
  };
}
