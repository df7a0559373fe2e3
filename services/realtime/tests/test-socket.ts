import { until } from '@commons/platform/testing';
import { WebSocket } from 'ws';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads frames of any shape
export type Frame = { type: string; id?: string | number; data?: any };

export type TestSocket = {
  frames: Frame[];
  raw: WebSocket;
  send(frame: unknown): void;
  /** Sends a frame and gives the answer to it, which bears its id. */
  ask(type: string, data?: unknown): Promise<Frame>;
  /** Waits until there are so many frames of a type. */
  received(type: string, count?: number): Promise<Frame[]>;
  /** The code with which it was closed. */
  closed: Promise<number>;
};

const opened = new Set<WebSocket>();

/** Opens a WebSocket with a token in its protocol, or a ticket in its address. @throws where it is refused. */
export async function openSocket(
  port: number,
  proof: { token: string } | { ticket: string },
  headers: Record<string, string> = {},
): Promise<TestSocket> {
  const raw =
    'token' in proof
      ? new WebSocket(`ws://127.0.0.1:${port}/ws`, ['bearer', proof.token], { headers })
      : new WebSocket(`ws://127.0.0.1:${port}/ws?ticket=${encodeURIComponent(proof.ticket)}`, { headers });
  const frames: Frame[] = [];
  raw.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  const closed = new Promise<number>((resolve) => raw.once('close', resolve));
  await new Promise((resolve, reject) => raw.once('open', resolve).once('error', reject));
  opened.add(raw);
  raw.on('error', () => raw.terminate());
  let asked = 0;
  return {
    frames,
    raw,
    closed,
    send: (frame) => raw.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    async ask(type, data) {
      const id = `asked-${(asked += 1)}`;
      raw.send(JSON.stringify({ type, id, data }));
      await until(() => frames.some((frame) => frame.id === id), `the answer to ${type}`);
      return frames.find((frame) => frame.id === id)!;
    },
    async received(type, count = 1) {
      const fitting = (): Frame[] => frames.filter((frame) => frame.type === type);
      await until(() => fitting().length >= count, `${count} frames ${type}; there are ${JSON.stringify(frames)}`);
      return fitting();
    },
  };
}

/** Ends what tests have left open. */
export function endSockets(): void {
  opened.forEach((socket) => socket.terminate());
  opened.clear();
}
