import { Transform, type Readable } from 'node:stream';
import { BodyTooLarge } from '../api/read-body.ts';

/** Passes a stream on until it has given more than `maxBytes`, which is an error. */
export function limitStream(source: Readable, maxBytes: number): Readable {
  let size = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(new BodyTooLarge());
      else done(null, chunk);
    },
  });
  source.on('error', (error) => limited.destroy(error));
  return source.pipe(limited);
}
