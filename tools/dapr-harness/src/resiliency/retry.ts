import { parseDurationMs } from './duration.ts';

/** How often and how far apart an operation runs again. Milliseconds; `maxRetries` -1 is for ever. */
export type RetrySettings = {
  policy: 'constant' | 'exponential';
  durationMs: number;
  initialIntervalMs: number;
  maxIntervalMs: number;
  maxElapsedTimeMs: number;
  randomizationFactor: number;
  multiplier: number;
  maxRetries: number;
  /** Whether a status is worth a retry; every one is when `matching` names none. */
  matchesStatus(status: number): boolean;
};

/** A retry policy as a Resiliency writes it; a duration may be a number of milliseconds. */
export type RetrySpec = {
  policy?: string;
  duration?: string | number;
  initialInterval?: string | number;
  maxInterval?: string | number;
  maxElapsedTime?: string | number;
  randomizationFactor?: string | number;
  multiplier?: string | number;
  maxRetries?: string | number;
  matching?: { httpStatusCodes?: string | number };
};

export function parseRetry(spec: RetrySpec): RetrySettings {
  return {
    policy: spec.policy?.toLowerCase() === 'exponential' ? 'exponential' : 'constant',
    durationMs: parseDurationMs(spec.duration ?? '5s'),
    initialIntervalMs: parseDurationMs(spec.initialInterval ?? '500ms'),
    maxIntervalMs: parseDurationMs(spec.maxInterval ?? '60s'),
    maxElapsedTimeMs: parseDurationMs(spec.maxElapsedTime ?? '15m'),
    randomizationFactor: Number(spec.randomizationFactor ?? 0.5),
    multiplier: Number(spec.multiplier ?? 1.5),
    maxRetries: Number(spec.maxRetries ?? -1),
    matchesStatus: parseMatching(String(spec.matching?.httpStatusCodes ?? '')),
  };
}

/** Gives the wait before each next retry in milliseconds, undefined when there are no more. */
export function createBackoff(settings: RetrySettings, now: () => number = Date.now): () => number | undefined {
  const startedAt = now();
  let retries = 0;
  let interval = settings.initialIntervalMs;
  return () => {
    if (settings.maxRetries >= 0 && retries >= settings.maxRetries) return undefined;
    retries++;
    if (settings.policy === 'constant') return settings.durationMs;
    const spread = settings.randomizationFactor * interval;
    const waitMs = interval - spread + Math.random() * 2 * spread;
    interval = Math.min(interval * settings.multiplier, settings.maxIntervalMs);
    const isOver = settings.maxElapsedTimeMs > 0 && now() - startedAt + waitMs > settings.maxElapsedTimeMs;
    return isOver ? undefined : waitMs;
  };
}

/** `429,500-599` as a test. Throws on a pattern that is no number or range of 100 to 599. */
function parseMatching(patterns: string): (status: number) => boolean {
  const ranges = patterns
    .split(',')
    .filter((pattern) => pattern !== '')
    .map(parseRange);
  return ranges.length === 0
    ? () => true
    : (status) => ranges.some(([first, last]) => first <= status && status <= last);
}

function parseRange(pattern: string): [first: number, last: number] {
  const [first, last = first, ...rest] = pattern.split('-').map((part) => Number(part));
  if (!isStatus(first) || !isStatus(last) || last < first || rest.length > 0) {
    throw new Error(`invalid pattern ${pattern} in matching.httpStatusCodes`);
  }
  return [first, last];
}

function isStatus(code: number | undefined): code is number {
  return code !== undefined && Number.isInteger(code) && code >= 100 && code <= 599;
}
