import type { Response } from 'express';
import parseRange from 'range-parser';
import type { Answer } from './answers.ts';
import { RangeNotSatisfiable } from './errors.ts';

export type Bytes = { bytes: Buffer; contentType: string; etag: string; cacheControl: string };

/**
 * Answers bytes: with `ETag` and `If-None-Match` (304), and a single range (206; 416 where it lies outside).
 * @param headers of the request.
 */
export function sendBytes(
  { bytes, contentType, etag, cacheControl }: Bytes,
  headers: Record<string, string | string[] | undefined>,
): Answer {
  const common = { etag, 'cache-control': cacheControl, 'accept-ranges': 'bytes' };
  const known = String(headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers: common };
  const ifRange = headers['if-range'];
  const range =
    typeof headers['range'] === 'string' && (ifRange === undefined || ifRange === etag)
      ? parseRange(bytes.length, headers['range'])
      : undefined;
  if (range === -1) throw new RangeNotSatisfiable(bytes.length);
  const [first] = Array.isArray(range) && range.length === 1 && range.type === 'bytes' ? range : [];
  if (!first) return { status: 200, headers: { ...common, 'content-type': contentType }, stream: write(bytes) };
  return {
    status: 206,
    headers: {
      ...common,
      'content-type': contentType,
      'content-range': `bytes ${first.start}-${first.end}/${bytes.length}`,
    },
    stream: write(bytes.subarray(first.start, first.end + 1)),
  };
}

const write =
  (bytes: Buffer) =>
  (response: Response): Promise<void> => {
    response.set('content-length', String(bytes.length)).end(bytes);
    return Promise.resolve();
  };
