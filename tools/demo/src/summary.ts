import type { Kind, Loaded } from './load/loading.ts';
import type { Traffic } from './polite-client.ts';

const KINDS = ['people', 'subscriptions', 'posts', 'comments', 'projects', 'applications'] as const satisfies Kind[];

/** What the run made, kind by kind, and what was refused. */
export function whatWasMade({ made, found, likes, refused }: Loaded): string {
  const kinds = KINDS.map((kind) => {
    const there = found[kind] === 0 ? '' : ` (and ${count(found[kind])} that were there)`;
    return `  ${count(made[kind])} ${kind}${there}`;
  });
  const refusals = [...refused].map(([answer, times]) => `  ${count(times)} × ${answer}`);
  return [
    'Made',
    ...kinds,
    `  ${count(likes)} likes (a like that was there stays one)`,
    ...(refusals.length === 0 ? [] : ['Refused', ...refusals]),
  ].join('\n');
}

/** How fast the platform answered, over `seconds`. */
export function howFast({ latenciesMs, waits }: Traffic, seconds: number): string {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const ms = (quantile: number) => percentile(sorted, quantile).toFixed(1);
  return [
    `${count(sorted.length)} requests in ${seconds.toFixed(1)} s: ${count(sorted.length / seconds)} a second, ` +
      `p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms`,
    ...(waits === 0 ? [] : [`Told to slow down ${count(waits)} times (429), and waited as long as asked`]),
  ].join('\n');
}

/** Where to look, and as whom; `shyUsername` is somebody whose profile is not public. */
export function whatToLookAt({ url, username, shyUsername, password }: Visit): string {
  const credentials = JSON.stringify({ username, password });
  return [
    'Look at',
    `  ${url}/docs  the whole API, to read and try`,
    `  ${url}/api/posts?ordering=-likes_count  what people like most`,
    `  ${url}/api/profiles?q=${username.slice(0, 2)}  people by how their names begin`,
    `  ${url}/api/projects?status=open  who looks for help`,
    `Sign in as ${username} with the password ${password} (all of them have it)`,
    `  curl -s ${url}/api/auth/login -H 'content-type: application/json' -d '${credentials}'`,
    `  curl -s ${url}/api/notifications -H 'authorization: Bearer <the token of that answer>'`,
    `  and so on: /api/posts/feed, /api/subscriptions/<user_id>?direction=followers, /api/projects/applications/mine`,
    ...(shyUsername === undefined
      ? []
      : [`${shyUsername} has a profile that is not public, and /api/subscriptions/requests that wait for an answer`]),
  ].join('\n');
}

export interface Visit {
  url: string;
  username: string;
  shyUsername: string | undefined;
  password: string;
}

/** The nearest-rank percentile of ascending values; 0 where there is none. */
export function percentile(sorted: readonly number[], quantile: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * quantile) - 1, 0)] ?? 0;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
