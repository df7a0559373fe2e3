import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A socket, and what was read of it already. */
export type Started = { socket: Duplex; head: Buffer };

/** Lets two sockets speak to each other until either ends. */
export function join(one: Started, other: Started): void {
  for (const { socket } of [one, other]) keepOpen(socket);
  carry(one, other.socket);
  carry(other, one.socket);
}

function carry({ socket, head }: Started, to: Duplex): void {
  if (head.length > 0) to.write(head);
  socket.pipe(to);
  socket.on('error', () => to.destroy());
  socket.once('close', () => to.destroy());
}

function keepOpen(socket: Duplex): void {
  if (!(socket instanceof Socket)) return;
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
}
