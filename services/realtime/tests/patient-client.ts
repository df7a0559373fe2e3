import type { Frame, TestSocket } from './test-socket.ts';

export type PatientClient = {
  /** Seqs of all messages, in the order in which they came. */
  seqs: number[];
  last(): number;
  isOpen(): boolean;
  /** Cuts the connection as a broken network does, once in each part of its life. */
  cutOnce(part: number): void;
  cuts(): number;
  stop(): void;
};

/** A client that comes back after each cut, and resumes where it was. */
export function aPatientClient({
  open,
  chatId,
}: {
  open: (attempt: number) => Promise<TestSocket>;
  chatId: string;
}): PatientClient {
  const seqs: number[] = [];
  const parts = new Set<number>();
  let socket: TestSocket | undefined;
  let attempts = 0;
  let isStopped = false;

  const last = (): number => seqs.at(-1) ?? 0;

  function take({ type, data }: Frame): void {
    if (type === 'message.created') seqs.push(data.seq as number);
  }

  async function connect(): Promise<void> {
    const opened = await open(attempts++);
    opened.frames.forEach(take);
    opened.raw.on('message', (data: Buffer) => take(JSON.parse(data.toString()) as Frame));
    opened.send({ type: 'resume', id: 'resume', data: { chats: { [chatId]: last() } } });
    socket = opened;
    await opened.closed;
    socket = undefined;
    if (!isStopped) await connect();
  }

  void connect();
  return {
    seqs,
    last,
    isOpen: () => socket !== undefined,
    cutOnce(part) {
      if (!socket || parts.has(part)) return;
      parts.add(part);
      socket.raw.terminate();
    },
    cuts: () => parts.size,
    stop() {
      isStopped = true;
      socket?.raw.terminate();
    },
  };
}
