/** What a policy applies to, as in a Resiliency's `targets`. */
export type ResiliencyTarget =
  { kind: 'app'; name: string } | { kind: 'component'; name: string; direction: 'inbound' | 'outbound' };

/** Runs operations under the Resiliency policies of one app: timeout, retry, circuit breaker. */
export type ResiliencyRunner = {
  /**
   * Runs the operation until it succeeds or the policy gives up, and rejects with its last error. `signal` fires on timeout.
   * An error with a numeric `status` is matched against the policy's `matching.httpStatusCodes`.
   */
  run<T>(target: ResiliencyTarget, operation: (signal: AbortSignal) => Promise<T>): Promise<T>;
};
