import { pause } from '../platform/until.ts';
import type { Answer } from './api.ts';

export type Insistence = {
  /** The answer that settles it; undefined where none came in time. */
  answer: Answer | undefined;
  /** Whether an attempt before it was never answered, so that it may have been done then. */
  wasUnsure: boolean;
};

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 3_000;
/** Longer than a request that died with its service keeps its `Idempotency-Key` to itself, which is a minute. */
const PATIENCE_MS = 100_000;

/**
 * Sends a request until an answer tells what became of it. It must bear repetition: by an `Idempotency-Key`, by `If-Match`, or
 * by its nature.
 */
export async function insist(send: () => Promise<Answer>, patienceMs = PATIENCE_MS): Promise<Insistence> {
  const limit = Date.now() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS, wasUnsure = false; ; waitMs = Math.min(waitMs * 1.6, LONGEST_WAIT_MS)) {
    const answer = await send();
    if (isFinal(answer)) return { answer, wasUnsure };
    wasUnsure = true;
    if (Date.now() > limit) return { answer: undefined, wasUnsure };
    await pause(waitMs);
  }
}

function isFinal({ status, body }: Answer): boolean {
  if (status === 0 || status >= 500 || status === 408 || status === 429) return false;
  return !(status === 409 && (body as { code?: string } | undefined)?.code === 'idempotency_key_in_use');
}
