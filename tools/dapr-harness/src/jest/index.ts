export { daprMatchers, type DaprMatchers } from './matchers.ts';
export { useDaprHarness } from './use-dapr-harness.ts';
