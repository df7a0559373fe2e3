import type { ClientFrame, ServerFrame } from './frames.ts';

/** The WebSocket of a session, which comes back by itself. */
export interface Link {
  /** Opens it, and again whenever it is lost. */
  open(): void;
  /** Sends a frame. Answers whether it went out; nothing waits for a connection. */
  send(frame: ClientFrame): boolean;
  close(): void;
}

export interface LinkOptions {
  url: string;
  /** A token that holds; it is asked for before each attempt. */
  token: () => Promise<string>;
  onFrame: (frame: ServerFrame) => void;
  /** The connection is there, for the first time or again. */
  onOpen: (isAgain: boolean) => void;
  /** The connection has gone, and will come back. */
  onLost: () => void;
  /** It will not come back, as the session has ended. */
  onEnded: (sentence: string) => void;
  /** Waits before the next attempt; tests do not. */
  wait?: (ms: number) => Promise<void>;
}

const SESSION_ENDED = 4001;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A connection that says nothing for so long, though it is asked, is dead. */
const ASK_MS = 25_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A WebSocket that comes back when it is lost: ever later, but not all clients at the same moment. */
export function createLink(options: LinkOptions): Link {
  const { onFrame, onOpen, onLost, onEnded, wait = sleep } = options;
  let socket: WebSocket | undefined;
  let isClosed = false;
  let opened = 0;
  let failures = 0;

  async function attempt(): Promise<'ended' | 'lost'> {
    const token = await options.token();
    return new Promise((resolve) => {
      const next = new WebSocket(`${options.url.replace(/^http/, 'ws')}/ws`, ['bearer', token]);
      let isAnswered = true;
      const asking = setInterval(() => {
        if (!isAnswered) next.close();
        isAnswered = false;
        next.send(JSON.stringify({ type: 'ping' }));
      }, ASK_MS);
      next.addEventListener('open', () => {
        socket = next;
        failures = 0;
        onOpen(opened++ > 0);
      });
      next.addEventListener('message', ({ data }) => {
        isAnswered = true;
        const frame = JSON.parse(String(data)) as ServerFrame;
        if (frame.type !== 'pong') onFrame(frame);
      });
      next.addEventListener('close', ({ code }) => {
        clearInterval(asking);
        if (socket === next && !isClosed && code !== SESSION_ENDED) onLost();
        socket = undefined;
        resolve(code === SESSION_ENDED ? 'ended' : 'lost');
      });
      if (isClosed) next.close();
    });
  }

  async function keep(): Promise<void> {
    while (!isClosed) {
      const outcome = await attempt().catch(() => 'lost' as const);
      if (outcome === 'ended') return onEnded('The session has ended.');
      if (!isClosed) await wait(pauseAfter(failures++));
    }
  }

  return {
    open: () => void keep(),
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close() {
      isClosed = true;
      socket?.close();
    },
  };
}

/** Between half of the pause and the whole of it, which doubles each time. */
export function pauseAfter(failures: number, random = Math.random()): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
  return Math.round(pause * (0.5 + random / 2));
}
