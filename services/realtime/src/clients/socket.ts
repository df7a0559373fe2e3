import type { User } from '@commons/platform';
import type { WebSocket } from 'ws';
import type { Connection } from '../domain/connections.ts';
import { CloseCode, type ServerFrame } from '../domain/frames.ts';

/** How long a client that is being closed has to say goodbye, in milliseconds. */
const GOODBYE_MS = 1_000;

export type SocketOptions = {
  user: User;
  issuedAt: number;
  address: string;
  /** Bytes that may wait for the client before it is cut off. */
  maxWaitingBytes: number;
};

/** A WebSocket as a connection: frames go out as JSON, and a client that does not take them is cut off. */
export function toConnection(
  socket: WebSocket,
  { user, issuedAt, address, maxWaitingBytes }: SocketOptions,
): Connection {
  function close(code: number, reason: string): void {
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
  }

  return {
    user,
    issuedAt,
    address,
    watched: new Map(),
    close,
    send(frame: ServerFrame) {
      if (socket.readyState !== socket.OPEN) return;
      const text = JSON.stringify(frame);
      if (socket.bufferedAmount + text.length > maxWaitingBytes) close(CloseCode.tooSlow, 'too slow');
      else socket.send(text);
    },
  };
}

/** Asks for a sign of life, and ends a socket that gave none since the last time. @returns what ends the asking. */
export function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let isAlive = true;
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, everyMs).unref();
  socket.on('pong', () => {
    isAlive = true;
  });
  return () => clearInterval(timer);
}
