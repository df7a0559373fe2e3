import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/** Resolves when something listens on a port of this machine; rejects when `signal` fires first. */
export async function waitForPort(port: number, signal: AbortSignal): Promise<void> {
  while (!(await isListening(port))) await sleep(POLL_MS, undefined, { signal });
  signal.throwIfAborted();
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
