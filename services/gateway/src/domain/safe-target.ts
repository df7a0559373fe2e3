import { BadRequest, RouteNotFound } from '@commons/platform';

/** A request target that means the same to everybody behind us. `query` has its question mark, or is empty. */
export type SafeTarget = { path: string; query: string };

/**
 * Splits a request target (RFC 9112, 3.2) and cuts a trailing slash. Whatever a sidecar or an app might read as another
 * path (dots, doubled or hidden slashes, encoded more than once or not at all) is refused, not repaired.
 * @throws BadRequest (`invalid_path`); NotFound for a target that is no path.
 */
export function safeTarget(target: string): SafeTarget {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, '');
  if (!relative.startsWith('/')) throw new RouteNotFound();
  const end = relative.indexOf('?');
  const path = end < 0 ? relative : relative.slice(0, end);
  const query = end < 0 ? '' : relative.slice(end);
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const isSafe = trimmed === '/' || trimmed.slice(1).split('/').every(isSafeSegment);
  if (!isSafe || /[^!-~]|#/.test(query)) throw new BadRequest('The path cannot be read safely.', 'invalid_path');
  return { path: trimmed, query: query === '?' ? '' : query };
}

/** Printable ASCII other than what separates parts of a URL, once with escapes, and any text once they are decoded. */
function isSafeSegment(segment: string): boolean {
  if (!/^[!-~]+$/.test(segment)) return false;
  let text = segment;
  for (let round = 0; round < 4; round++) {
    if (isDeceptive(text)) return false;
    if (!text.includes('%')) return true;
    const decoded = decode(text);
    if (decoded === undefined) return false;
    text = decoded;
  }
  return false;
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const isDeceptive = (text: string): boolean => /^\.{1,2}$|[/\\?#\u0000-\u001f\u007f]/.test(text);

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
