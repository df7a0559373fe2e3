import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './reason.ts';
import { SentenceError } from './sentence-error.ts';

export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string;
  body?: unknown;
  /** makes a POST safe to repeat */
  idempotencyKey?: string;
}

/** What the platform answered; `body` is undefined where there was none, or no JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** What the client saw: each request that was answered, in milliseconds, and how often it was told to wait. */
export interface Traffic {
  latenciesMs: number[];
  waits: number;
}

export interface PoliteClient {
  send: (call: Call) => Promise<Answer>;
  traffic: Traffic;
}

const LONGEST_WAIT_MS = 120_000;
const ATTEMPTS = 6;
const AWAY = new Set([502, 503, 504]);

/**
 * A client of the platform at `url` that waits as long as a 429 says (nobody sends meanwhile), and tries again a few
 * times, ever later, what was cut off or found a part of the platform away: send nothing that may not happen twice.
 * `send` throws a sentence when the platform stays away.
 */
export function politeClient({
  url,
  wait = (ms: number) => sleep(ms).then(() => undefined),
  now = () => performance.now(),
}: {
  url: string;
  wait?: (ms: number) => Promise<void>;
  now?: () => number;
}): PoliteClient {
  const traffic: Traffic = { latenciesMs: [], waits: 0 };
  let quietUntil = 0;

  async function waitForQuiet(): Promise<void> {
    for (let ms = quietUntil - now(); ms > 0; ms = quietUntil - now()) await wait(Math.ceil(ms));
  }

  async function tryOnce(call: Call): Promise<Answer | { failure: unknown }> {
    const startedAt = now();
    try {
      const answer = await fetchAnswer(url, call);
      traffic.latenciesMs.push(now() - startedAt);
      return answer;
    } catch (failure) {
      return { failure };
    }
  }

  async function send(call: Call): Promise<Answer> {
    for (let attempt = 1; ;) {
      await waitForQuiet();
      const answer = await tryOnce(call);
      const hasFailed = 'failure' in answer;
      if (!hasFailed && answer.status === 429) {
        traffic.waits += 1;
        quietUntil = Math.max(quietUntil, now() + retryAfterMs(answer.headers, url));
        continue;
      }
      if (!hasFailed && (!AWAY.has(answer.status) || attempt === ATTEMPTS)) return answer;
      if (hasFailed && attempt === ATTEMPTS) {
        throw new SentenceError(`${url} stopped answering (${reasonOf(answer.failure)}). Look at the platform's log.`);
      }
      await wait(100 * 2 ** attempt);
      attempt += 1;
    }
  }

  return { send, traffic };
}

/** Throws a sentence unless the platform is there and ready. */
export async function requireReady(url: string): Promise<void> {
  const answer = await fetchAnswer(url, { method: 'GET', path: '/readyz' }).catch((error: unknown) => {
    throw new SentenceError(
      `Nothing answers at ${url} (${reasonOf(error)}). Start the platform with npm start in another terminal, ` +
        'or say with --url where it runs.',
    );
  });
  if (answer.status === 200) return;
  const { parts = {} } = (answer.body ?? {}) as { parts?: Record<string, { ok: boolean; detail?: string }> };
  const missing = Object.entries(parts).filter(([, { ok }]) => !ok);
  const reasons = missing.map(([name, { detail }]) => `${name} (${detail ?? 'not ready'})`);
  throw new SentenceError(
    `${url} is not ready${reasons.length === 0 ? '' : `, it lacks ${reasons.join(', ')}`}. Wait until ${url}/readyz answers 200.`,
  );
}

async function fetchAnswer(url: string, { method, path, token, body, idempotencyKey }: Call): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); a second where it is missing. Throws when it is too long to wait. */
function retryAfterMs(headers: Headers, url: string): number {
  const text = headers.get('retry-after') ?? '1';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  if (ms > LONGEST_WAIT_MS) {
    throw new SentenceError(`${url} asks to wait ${Math.ceil(ms / 1000)} s before the next request. Try again then.`);
  }
  return Number.isNaN(ms) ? 1000 : Math.max(ms, 0);
}
