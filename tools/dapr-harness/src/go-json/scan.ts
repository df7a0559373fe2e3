/** A JSON text that Go's encoding/json refuses, in its words: Dapr passes them on to the client. */
export class GoJsonError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GoJsonError';
  }
}

/** Thrown where the text ends too early; what it is called depends on who reads. */
class TooShort extends Error {}

const MAX_DEPTH = 10_000;
const WHITE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

/**
 * Where the first JSON value of `bytes` starts and ends, as Go's json.Decoder reads it: what follows the value is not looked at.
 * @throws GoJsonError `EOF` for no value at all, `unexpected EOF` for half a one, else what is wrong with it.
 */
export function scanFirstValue(bytes: Buffer): { start: number; end: number } {
  const start = skipWhite(bytes, 0);
  if (start === bytes.length) throw new GoJsonError('EOF');
  try {
    return { start, end: scanValue(bytes, start, 0) };
  } catch (error) {
    throw error instanceof TooShort ? new GoJsonError('unexpected EOF') : error;
  }
}

/**
 * The same for a text that must be one value and nothing else, as Go's json.Unmarshal reads it.
 * @throws GoJsonError
 */
export function scanOnlyValue(bytes: Buffer): { start: number; end: number } {
  try {
    const start = skipWhite(bytes, 0);
    const end = scanValue(bytes, start, 0);
    const rest = skipWhite(bytes, end);
    if (rest < bytes.length) throw wrongCharacter(bytes, rest, 'after top-level value');
    return { start, end };
  } catch (error) {
    throw error instanceof TooShort ? new GoJsonError('unexpected end of JSON input') : error;
  }
}

function scanValue(bytes: Buffer, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new GoJsonError('exceeded max depth');
  const byte = byteAt(bytes, at);
  if (byte === 0x7b) return scanObject(bytes, at + 1, depth);
  if (byte === 0x5b) return scanArray(bytes, at + 1, depth);
  if (byte === 0x22) return scanString(bytes, at + 1);
  if (byte === 0x2d || isDigit(byte)) return scanNumber(bytes, at);
  if (byte === 0x74) return scanWord(bytes, at, 'true');
  if (byte === 0x66) return scanWord(bytes, at, 'false');
  if (byte === 0x6e) return scanWord(bytes, at, 'null');
  throw wrongCharacter(bytes, at, 'looking for beginning of value');
}

function scanObject(bytes: Buffer, from: number, depth: number): number {
  let at = skipWhite(bytes, from);
  if (byteAt(bytes, at) === 0x7d) return at + 1;
  for (;;) {
    if (byteAt(bytes, at) !== 0x22) throw wrongCharacter(bytes, at, 'looking for beginning of object key string');
    at = skipWhite(bytes, scanString(bytes, at + 1));
    if (byteAt(bytes, at) !== 0x3a) throw wrongCharacter(bytes, at, 'after object key');
    at = skipWhite(bytes, scanValue(bytes, skipWhite(bytes, at + 1), depth + 1));
    const byte = byteAt(bytes, at);
    if (byte === 0x7d) return at + 1;
    if (byte !== 0x2c) throw wrongCharacter(bytes, at, 'after object key:value pair');
    at = skipWhite(bytes, at + 1);
  }
}

function scanArray(bytes: Buffer, from: number, depth: number): number {
  let at = skipWhite(bytes, from);
  if (byteAt(bytes, at) === 0x5d) return at + 1;
  for (;;) {
    at = skipWhite(bytes, scanValue(bytes, at, depth + 1));
    const byte = byteAt(bytes, at);
    if (byte === 0x5d) return at + 1;
    if (byte !== 0x2c) throw wrongCharacter(bytes, at, 'after array element');
    at = skipWhite(bytes, at + 1);
  }
}

function scanString(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const byte = byteAt(bytes, at);
    if (byte === 0x22) return at + 1;
    if (byte < 0x20) throw wrongCharacter(bytes, at, 'in string literal');
    at = byte === 0x5c ? scanEscape(bytes, at + 1) : at + 1;
  }
}

function scanEscape(bytes: Buffer, at: number): number {
  const byte = byteAt(bytes, at);
  if (ESCAPES.has(byte)) return at + 1;
  if (byte !== 0x75) throw wrongCharacter(bytes, at, 'in string escape code');
  for (let hex = at + 1; hex <= at + 4; hex++) {
    if (!/[0-9a-f]/i.test(String.fromCharCode(byteAt(bytes, hex)))) {
      throw wrongCharacter(bytes, hex, 'in \\u hexadecimal character escape');
    }
  }
  return at + 5;
}

function scanNumber(bytes: Buffer, from: number): number {
  let at = from;
  if (bytes[at] === 0x2d) at++;
  if (!isDigit(byteAt(bytes, at))) throw wrongCharacter(bytes, at, 'in numeric literal');
  at = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === 0x2e) {
    if (!isDigit(byteAt(bytes, at + 1))) throw wrongCharacter(bytes, at + 1, 'after decimal point in numeric literal');
    at = skipDigits(bytes, at + 1);
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at++;
    if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
    if (!isDigit(byteAt(bytes, at))) throw wrongCharacter(bytes, at, 'in exponent of numeric literal');
    at = skipDigits(bytes, at);
  }
  return at;
}

function scanWord(bytes: Buffer, at: number, word: string): number {
  for (let i = 1; i < word.length; i++) {
    if (byteAt(bytes, at + i) !== word.charCodeAt(i)) {
      throw wrongCharacter(bytes, at + i, `in literal ${word} (expecting '${word.charAt(i)}')`);
    }
  }
  return at + word.length;
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new TooShort();
  return byte;
}

function skipWhite(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && WHITE.has(byteAt(bytes, at))) at++;
  return at;
}

function skipDigits(bytes: Buffer, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function wrongCharacter(bytes: Buffer, at: number, context: string): GoJsonError {
  return new GoJsonError(`invalid character ${quoted(byteAt(bytes, at))} ${context}`);
}

const NAMED: Record<number, string> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

/** A byte as Go quotes it, taken as a character of its own even when it is part of a longer one. */
function quoted(byte: number): string {
  if (byte === 0x27) return `'\\''`;
  if (byte === 0x5c) return `'\\\\'`;
  const hex = byte.toString(16).padStart(2, '0');
  if (byte < 0x20 || byte === 0x7f) return `'${NAMED[byte] ?? `\\x${hex}`}'`;
  if ((byte > 0x7f && byte <= 0xa0) || byte === 0xad) return `'\\u00${hex}'`;
  return `'${String.fromCharCode(byte)}'`;
}
