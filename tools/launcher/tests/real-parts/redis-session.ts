import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a Redis at a loopback port answers to commands, one a line. */
export async function redisAnswers(port: number, ...commands: readonly string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  socket.write([...commands, 'QUIT', ''].join('\r\n'));
  const lines = (await text(socket)).trimEnd().split('\r\n');
  return lines.slice(0, -1);
}
