import { ENCODING_JSON, encodeGoJson } from '../go-json/encode.ts';
import { isBinaryType, isCloudEventType, isJsonType } from './envelope.ts';

const MISMATCH = 'error: mismatch between contentType and event';

/** The bytes of a bulk entry's event: text as it is, base64 decoded, JSON written out. Throws when the type does not fit. */
export function eventBytes(event: unknown, contentType: string): Buffer {
  if (isBinaryType(contentType)) return typeof event === 'string' ? fromBase64(event) : mismatch();
  if (isTextType(contentType)) return typeof event === 'string' ? Buffer.from(event) : mismatch();
  if (isJsonType(contentType) || isCloudEventType(contentType)) return Buffer.from(encodeGoJson(event, ENCODING_JSON));
  return mismatch();
}

function mismatch(): never {
  throw new Error(MISMATCH);
}

function isTextType(contentType: string): boolean {
  return /^text\//i.test(contentType) || /^application\/xml\b/i.test(contentType);
}

function fromBase64(text: string): Buffer {
  if (/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(text) && !text.includes('_'))
    return Buffer.from(text, 'base64');
  const position = text.search(/[^A-Za-z0-9+/]/);
  const where = position < 0 ? text.length : position;
  throw new Error(
    `error: unable to decode base64 application/octect-stream data: illegal base64 data at input byte ${where}`,
  );
}
