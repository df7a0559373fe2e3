import { openSocket, type Socket } from '../../end-to-end/support/socket.ts';
import { pause } from '../platform/until.ts';
import type { LoadUser } from './stage.ts';

const AGAIN_AFTER_MS = 500;

/** Somebody whose page is open all the time: a WebSocket that is opened again whenever it is closed. */
export function startListener(
  url: string,
  user: LoadUser,
): { /** Gives how often it was opened. */ stop(): Promise<number> } {
  let isOver = false;
  let socket: Socket | undefined;
  let opened = 0;

  async function listen(): Promise<void> {
    while (!isOver) {
      try {
        socket = await openSocket(url, user.token);
        opened += 1;
        if (isOver) socket.close();
        await socket.closed;
      } catch {
        // Refused: it is asked again.
      }
      if (!isOver) await pause(AGAIN_AFTER_MS);
    }
  }

  const listening = listen();
  return {
    async stop() {
      isOver = true;
      socket?.close();
      await listening;
      return opened;
    },
  };
}
