import { cleanPath } from '../api/clean-path.ts';

/** The method of an invocation has a character that may not be in one. */
class InvalidMethod extends Error {}

/** Refuses `#`, `?` and control characters and resolves `..`, so that what the access list judges is what the app gets. */
export function normalizeMethod(method: string): string {
  if (/[#?\0]/.test(method)) throw new InvalidMethod(`method contains forbidden character: ${goQuote(method)}`);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const position = method.search(/[\x01-\x1f\x7f]/);
  if (position >= 0) {
    throw new InvalidMethod(`method contains control character at position ${position}: ${goQuote(method)}`);
  }
  const cleaned = cleanPath(method).replace(/^(\.\.\/)+/, '');
  return ['.', '..'].includes(cleaned) ? '' : cleaned;
}

const GO_ESCAPES: Record<string, string> = { '\\u0007': '\\a', '\\u000b': '\\v' };

/** A text in quotes as Go's `%q` writes it. */
function goQuote(text: string): string {
  return JSON.stringify(text)
    .replaceAll(/\\(?:u00([01][\da-f])|.)/g, (escape, code?: string) =>
      code === undefined ? escape : (GO_ESCAPES[escape] ?? `\\x${code}`),
    )
    .replaceAll('\x7f', '\\x7f');
}

const KEPT_AS_IS = /^[\w\-.~!$&'()*+,;=:@[\]/%]*$/;

/** The request path of a decoded method at an origin: what may not be in a path is percent-encoded, valid escapes stay. */
export function asRequestPath(method: string, origin: string): string {
  const path = method.startsWith('/') ? method : `/${method}`;
  const broken = /%(?![\da-f]{2}).{0,2}/is.exec(path)?.[0];
  if (broken !== undefined)
    throw new InvalidMethod(`parse "${origin}${path}": invalid URL escape ${JSON.stringify(broken)}`);
  if (KEPT_AS_IS.test(path)) return path;
  return encodeURI(decodeURIComponent(path)).replaceAll('?', '%3F').replaceAll('#', '%23');
}
