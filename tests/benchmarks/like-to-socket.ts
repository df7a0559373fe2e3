import { createApiClient } from '../end-to-end/support/client.ts';
import { removeData, startPlatformProcess } from '../end-to-end/support/platform-process.ts';
import { openSocket } from '../end-to-end/support/socket.ts';

const LIKES = 50;

/** Measures how long after a like its author's socket has the notification, in milliseconds, on a platform of its own. */
async function main(): Promise<void> {
  const platform = await startPlatformProcess();
  try {
    const api = createApiClient(platform.url);
    const author = await api.register();
    const socket = await openSocket(platform.url, author.token);
    const times: number[] = [];
    for (let round = 0; round < LIKES; round++) {
      const fan = await api.register();
      const post = await api.send('POST', '/api/posts', { as: author, body: { title: `Post ${round}`, content: 'x' } });
      const postId = post.body.id as string;
      const startedAt = performance.now();
      const arrived = socket
        .frame(({ type, data }) => type === 'notification.created' && data.data.post_id === postId)
        .then(() => performance.now() - startedAt);
      await api.send('POST', `/api/posts/${postId}/like`, { as: fan });
      times.push(await arrived);
    }
    socket.close();
    report(times);
  } finally {
    await platform.stop();
    await removeData(platform.dataDir);
  }
}

function report(times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  process.stdout.write(
    `from the like's request to the author's socket, ${times.length} likes: median ${at(0.5)} ms, p90 ${at(0.9)} ms, most ${at(1)} ms\n`,
  );
}

await main();
