import { createApiClient } from '../end-to-end/support/client.ts';
import { removeData, startPlatformProcess } from '../end-to-end/support/platform-process.ts';
import { openSocket } from '../end-to-end/support/socket.ts';

const MESSAGES = 200;

/** Measures how long after a message is posted the other's socket has it, in milliseconds, on a platform of its own. */
async function main(): Promise<void> {
  const platform = await startPlatformProcess();
  try {
    const api = createApiClient(platform.url);
    const [author, reader] = [await api.register(), await api.register()];
    const chat = await api.send('POST', '/api/chats', {
      as: author,
      body: { type: 'direct', participant_ids: [reader.id] },
    });
    if (chat.status !== 201) throw new Error(`the chat answered ${chat.status}: ${JSON.stringify(chat.body)}`);
    const socket = await openSocket(platform.url, reader.token);
    socket.send({ type: 'ping', id: 'first' });
    await socket.frame(({ id }) => id === 'first');
    const times: number[] = [];
    for (let round = 0; round < MESSAGES; round++) {
      const content = `message ${round}`;
      const startedAt = performance.now();
      const arrived = socket
        .frame(({ type, data }) => type === 'message.created' && data.content === content)
        .then(() => performance.now() - startedAt);
      await api.send('POST', `/api/chats/${chat.body.id}/messages`, { as: author, body: { content } });
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
    `from the message's request to the other's socket, ${times.length} messages: median ${at(0.5)} ms, p90 ${at(0.9)} ms, most ${at(1)} ms\n`,
  );
}

await main();
