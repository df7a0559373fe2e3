import { createApiClient, type Client } from '../../end-to-end/support/client.ts';
import { removeData, startPlatformProcess } from '../../end-to-end/support/platform-process.ts';
import type { Frame, Socket } from '../../end-to-end/support/socket.ts';

/** Does something on a platform of its own, which goes afterwards. */
export async function onPlatform(work: (url: string, api: Client) => Promise<void>): Promise<void> {
  const platform = await startPlatformProcess();
  try {
    await work(platform.url, createApiClient(platform.url));
  } finally {
    await platform.stop();
    await removeData(platform.dataDir);
  }
}

/** How long it takes from the beginning of an action until a socket has the frame that comes of it, in milliseconds. */
export async function timeToSocket(
  socket: Socket,
  fits: (frame: Frame) => boolean,
  act: () => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  const arrival = socket.frame(fits).then(() => performance.now() - startedAt);
  const [took] = await Promise.all([arrival, act()]);
  return took;
}

/** Says in a line how long it took. @param what from where to where, and how often. */
export function reportTimes(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  process.stdout.write(`${what}: median ${at(0.5)} ms, p90 ${at(0.9)} ms, most ${at(1)} ms\n`);
}
