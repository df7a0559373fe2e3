import { connect, createServer } from 'node:net';
import type { ListenOptions, NetConnectOpts, Server } from 'node:net';
import { once } from 'node:events';

/**
 * Passes on connections from one address to another; each may be a TCP port or a socket in the file system. Sockets in the file
 * system are how the node and the machine reach each other: their networks have nothing in common.
 */
export async function forward(from: ListenOptions, to: NetConnectOpts): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = connect({ ...to, allowHalfOpen: true });
    incoming.pipe(outgoing).pipe(incoming);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(from);
  await once(server, 'listening');
  return server;
}
