/** Splits a request target into its path and its query (without the question mark). */
export function splitTarget(target: string): { path: string; query: string } {
  const end = target.indexOf('?');
  return end < 0 ? { path: target, query: '' } : { path: target.slice(0, end), query: target.slice(end + 1) };
}

/** A path without empty, `.` and `..` segments and without a trailing slash, as Go's `path.Clean` leaves it. */
export function cleanPath(path: string): string {
  if (!/\/\/|\/\.|\/$|^\./.test(path)) return path;
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (segment !== '..' || !isRooted) kept.push(segment);
  }
  return (isRooted ? '/' : '') + kept.join('/') || '.';
}

/** Percent-decodes a path; what cannot be decoded stays as it is. */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
