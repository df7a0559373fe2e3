export type LoginPolicy = {
  /** Failures of one name within the window after which it has to wait. */
  allowed: number;
  windowMs: number;
};

/** When a name may log in again, or undefined where it may now. `failures` are in the order of time. */
export function blockedUntil(
  failures: readonly Date[],
  now: Date,
  { allowed, windowMs }: LoginPolicy,
): Date | undefined {
  const recent = failures.filter((failure) => failure.getTime() > now.getTime() - windowMs);
  const decisive = recent.at(-allowed);
  return decisive && new Date(decisive.getTime() + windowMs);
}
