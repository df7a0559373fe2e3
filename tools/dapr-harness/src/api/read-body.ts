import type { IncomingMessage } from 'node:http';

/** A body grew past the sidecar's limit. The message is daprd's. */
export class BodyTooLarge extends Error {
  constructor() {
    super('stream too large');
    this.name = 'BodyTooLarge';
  }
}

/** Reads a whole body of at most `maxBytes`. */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
}
