import { openSocket, type Frame, type Socket } from '../../end-to-end/support/socket.ts';
import { pause } from '../platform/until.ts';
import type { LoadUser } from './stage.ts';

export type Listener = { user: LoadUser; frames: Frame[]; connections: number; stop(): Promise<void> };

const AGAIN_AFTER_MS = 500;

/** Somebody whose page is open all the time: a WebSocket that is opened again whenever it is closed. */
export function startListener(url: string, user: LoadUser): Listener {
  let isOver = false;
  let socket: Socket | undefined;
  const listener: Listener = {
    user,
    frames: [],
    connections: 0,
    async stop() {
      isOver = true;
      socket?.close();
      await listening;
    },
  };

  async function listen(): Promise<void> {
    while (!isOver) {
      try {
        socket = await openSocket(url, user.token);
        listener.connections += 1;
        if (isOver) socket.close();
        await socket.closed;
        listener.frames.push(...socket.frames);
      } catch {
        // Refused: it is asked again.
      }
      if (!isOver) await pause(AGAIN_AFTER_MS);
    }
  }

  const listening = listen();
  return listener;
}
