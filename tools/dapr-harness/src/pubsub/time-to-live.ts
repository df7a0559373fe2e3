import { parseDurationMs } from '../resiliency/duration.ts';

const GO_DURATION = /^[+-]?(0|(\d*\.?\d+(ns|us|µs|ms|s|m|h))+)$/;

/**
 * The time to live of a message in milliseconds: `ttlInSeconds` or `ttl`, in any case, a number of seconds or a Go duration (also a
 * negative one, which is none at all; a bare 0 is a duration). Undefined when there is none that can be read.
 */
export function readTtlMs(metadata: Readonly<Record<string, string>>): number | undefined {
  const entry = Object.entries(metadata).find(([key]) => ['ttl', 'ttlinseconds'].includes(key.toLowerCase()));
  const text = entry?.[1] ?? '';
  if (GO_DURATION.test(text)) return text.startsWith('-') ? 0 : parseDurationMs(text.replace('+', ''));
  return /^\+?\d+$/.test(text) && Number(text) > 0 ? Number(text) * 1000 : undefined;
}
