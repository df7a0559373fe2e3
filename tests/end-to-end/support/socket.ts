import WebSocket from 'ws';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a frame is what it is: the tests say what it should be
export type Frame = { type: string; id?: string; data?: any };

export type Socket = {
  frames: Frame[];
  send(frame: Frame): void;
  /** The first frame, past or to come, that fits. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
  /** The code with which it was closed. */
  closed: Promise<number>;
  close(): void;
  /** Ends it without a goodbye, as a network that has gone does. */
  cut(): void;
};

/** Opens a WebSocket with a token. @throws where the handshake is refused, with its status in the message. */
export async function openSocket(url: string, token: string): Promise<Socket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['bearer', token]);
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as Frame);
    waiting.forEach((look) => look());
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
    cut: () => socket.terminate(),
    frame: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no such frame within 10 seconds; seen: ${JSON.stringify(frames)}`)),
          10_000,
        );
        const look = (): void => {
          const found = frames.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
