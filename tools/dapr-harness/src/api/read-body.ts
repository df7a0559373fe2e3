import type { IncomingMessage } from 'node:http';

/** A body grew past the sidecar's limit. The message is daprd's. */
export class BodyTooLarge extends Error {
  constructor() {
    super('stream too large');
    this.name = 'BodyTooLarge';
  }
}

/** Reads a whole body of at most `maxBytes`. Rejects when its sender breaks off. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(new BodyTooLarge());
      else chunks.push(chunk);
    });
    message.on('end', () => {
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    message.on('error', reject);
  });
}
