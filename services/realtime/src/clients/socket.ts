import type { WebSocket } from 'ws';
import type { RealtimeConfig } from '../config.ts';
import type { Wire } from '../domain/connection.ts';
import { CloseCode, type ServerFrame } from '../domain/frames.ts';

/** How long a client that is being closed has to say goodbye, in milliseconds. */
const GOODBYE_MS = 1_000;
/** What is sent in pace lets a part of what may wait be left for other frames. */
const SHARE_IN_PACE = 0.25;

export type Sockets = {
  /** Frames go out as JSON. */
  toWire(socket: WebSocket): Wire;
  /** Asks for a sign of life, and ends a socket that gave none since the last time. @returns what ends the asking. */
  keepAlive(socket: WebSocket): () => void;
};

export function createSockets(config: RealtimeConfig): Sockets {
  const textOf = createFrameTexts();
  return {
    toWire: (socket) => toWire(socket, textOf, config.SOCKET_WAITING_BYTES),
    keepAlive: (socket) => keepAlive(socket, config.SOCKET_HEARTBEAT_MS),
  };
}

type FrameText = { text: string; bytes: number };

/** A frame goes to many: its text is made once. */
function createFrameTexts(): (frame: ServerFrame) => FrameText {
  const known = new WeakMap<ServerFrame, FrameText>();
  return (frame) => {
    const found = known.get(frame);
    if (found) return found;
    const text = JSON.stringify(frame);
    const made = { text, bytes: Buffer.byteLength(text) };
    known.set(frame, made);
    return made;
  };
}

function toWire(socket: WebSocket, textOf: (frame: ServerFrame) => FrameText, maxWaitingBytes: number): Wire {
  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  function close(code: number, reason: string): void {
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
  }

  function send(frame: ServerFrame, onSent?: () => void): boolean {
    if (!isOpen()) return false;
    const { text, bytes } = textOf(frame);
    const isRoom = socket.bufferedAmount + bytes <= maxWaitingBytes;
    if (isRoom) socket.send(text, onSent);
    else close(CloseCode.tooSlow, 'too slow');
    return isRoom;
  }

  return {
    close,
    send: (frame) => send(frame),
    async sendInPace(frame) {
      const sent = Promise.withResolvers<void>();
      if (!send(frame, sent.resolve)) return false;
      if (socket.bufferedAmount > maxWaitingBytes * SHARE_IN_PACE) await sent.promise;
      return isOpen();
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
