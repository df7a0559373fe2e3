import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { createDaprHarness, type DaprHarness, type HarnessOptions } from '../harness.ts';

/**
 * A harness for the tests of a file or a `describe`: started before the first, closed after the last; between two tests faults are
 * taken back and what was published is forgotten. Options that have to be made beforehand may come from a function.
 * @example
 * const harness = useDaprHarness({ resources: 'components', apps: [{ id: 'post' }] });
 * test('…', () => expect(harness()).toHavePublished('post-events', { type: 'PostCreated' }));
 */
export function useDaprHarness(
  options: HarnessOptions | (() => HarnessOptions | Promise<HarnessOptions>),
): () => DaprHarness {
  let harness: DaprHarness | undefined;
  beforeAll(async () => {
    harness = await createDaprHarness(typeof options === 'function' ? await options() : options);
  });
  afterEach(() => {
    harness?.faults.clear();
    harness?.forget();
  });
  afterAll(() => harness?.close());
  return () => {
    if (!harness) throw new Error('the harness starts in beforeAll: ask for it within a test or a later hook');
    return harness;
  };
}
