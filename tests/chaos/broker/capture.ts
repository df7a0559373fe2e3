import { pause } from '../platform/until.ts';
import type { Broker, Message } from './broker.ts';

export type Capture = {
  /** The latest events that were published, oldest first. */
  messages(): readonly Message[];
  stop(): Promise<void>;
};

const KEPT = 3_000;
const AGAIN_AFTER_MS = 300;

/** Keeps a copy of what services tell each other, also after the broker was away. */
export function startCapture(broker: Broker, exchanges: readonly string[]): Capture {
  const kept: Message[] = [];
  let isOver = false;
  let close = async (): Promise<void> => undefined;

  async function listen(): Promise<void> {
    while (!isOver) {
      try {
        const tap = await broker.tap(exchanges, (message) => {
          kept.push(message);
          if (kept.length > KEPT) kept.shift();
        });
        close = tap.close;
        if (isOver) await tap.close();
        await tap.closed;
      } catch {
        // Away: it is asked again.
      }
      if (!isOver) await pause(AGAIN_AFTER_MS);
    }
  }

  const listening = listen();
  return {
    messages: () => kept,
    async stop() {
      isOver = true;
      await close().catch(() => undefined);
      await listening;
    },
  };
}
