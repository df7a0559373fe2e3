import type { User } from '@commons/platform';
import type { WebSocket } from 'ws';
import type { RealtimeConfig } from '../config.ts';
import type { Connection } from '../domain/connections.ts';
import { CloseCode, type ServerFrame } from '../domain/frames.ts';

/** How long a client that is being closed has to say goodbye, in milliseconds. */
const GOODBYE_MS = 1_000;

/** Who is at the other end of a WebSocket. */
export type SocketOwner = { user: User; issuedAt: number; address: string };

export type Sockets = {
  /** A WebSocket as a connection: frames go out as JSON, and a client that does not take them is cut off. */
  toConnection(socket: WebSocket, owner: SocketOwner): Connection;
  /** Asks for a sign of life, and ends a socket that gave none since the last time. @returns what ends the asking. */
  keepAlive(socket: WebSocket): () => void;
};

export function createSockets(config: RealtimeConfig): Sockets {
  return {
    toConnection: (socket, owner) => toConnection(socket, owner, config.SOCKET_WAITING_BYTES),
    keepAlive: (socket) => keepAlive(socket, config.SOCKET_HEARTBEAT_MS),
  };
}

function toConnection(
  socket: WebSocket,
  { user, issuedAt, address }: SocketOwner,
  maxWaitingBytes: number,
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

function keepAlive(socket: WebSocket, everyMs: number): () => void {
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
