import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A body for each attempt, the first being number 1: what has been read of a stream is kept. */
export function repeatable(
  body: Buffer | Readable | undefined,
): (attempt: number) => Promise<Buffer | Readable | undefined> {
  if (body === undefined || Buffer.isBuffer(body)) return () => Promise.resolve(body);
  const chunks: Buffer[] = [];
  const copy = new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done(null, chunk);
    },
  });
  body.on('error', (error) => copy.destroy(error)).pipe(copy);
  let whole: Promise<Buffer> | undefined;
  const readRest = async (): Promise<Buffer> => {
    copy.unpipe();
    if (!copy.readableEnded) await buffer(copy);
    return Buffer.concat(chunks);
  };
  return (attempt) => (attempt === 1 ? Promise.resolve(copy) : (whole ??= readRest()));
}
