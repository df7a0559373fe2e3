import type { Policy } from './policy.ts';

/** The kinds of component that default policies name, e.g. `DefaultStatestoreComponentOutboundRetryPolicy`. */
export type ComponentKind = 'Pubsub' | 'Statestore' | 'Binding' | 'Secretstore' | 'Configuration' | 'Lock';

/** What a policy applies to, as in a Resiliency's `targets`. An app has a circuit breaker for each `endpoint`. */
export type ResiliencyTarget =
  | { kind: 'app'; name: string; endpoint: string }
  | { kind: 'component'; type?: ComponentKind; name: string; direction: 'inbound' | 'outbound' };

/** Runs operations under the Resiliency policies of one app: timeout, retry, circuit breaker. */
export type ResiliencyRunner = {
  /**
   * Runs the operation until it succeeds or the policy gives up, and rejects with its last error. `signal` fires on timeout. A
   * `StatusError` is matched against the policy's `matching.httpStatusCodes`; a `PermanentError` is never retried.
   */
  run<T>(target: ResiliencyTarget, operation: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The policy of a target; undefined when none applies. */
  policyOf(target: ResiliencyTarget): Policy | undefined;
  /** Whether an app is named among the targets, which turns the built-in retries off. */
  hasAppTarget(name: string): boolean;
  /** Dapr's own retries when a sidecar cannot be reached: three, a second apart, unless overridden. */
  builtInServiceRetries: Policy;
};
