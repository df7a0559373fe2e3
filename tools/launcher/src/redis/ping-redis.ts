import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const limitMs = 2_000;

/** Whether the Redis at a loopback port takes the password and serves: one that still reads its file refuses. */
export async function answersPing(port: number, password: string): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(limitMs, () => socket.destroy());
  try {
    socket.write(command('AUTH', password) + command('PING') + command('QUIT'));
    return (await text(socket)) === '+OK\r\n+PONG\r\n+OK\r\n';
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** https://redis.io/docs/latest/develop/reference/protocol-spec/ */
function command(...words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}
