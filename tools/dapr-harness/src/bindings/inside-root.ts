import { lstat, readlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

const MAX_LINKS = 255;

/** The path of `name` under a root, out of which neither `..` nor a symbolic link leads. What does not exist yet is taken as written. */
export async function pathInside(root: string, name: string): Promise<string> {
  let inside: string[] = [];
  let ahead = name.split('/');
  for (let links = 0; ahead.length > 0;) {
    const [segment = '', ...rest] = ahead;
    ahead = rest;
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      inside.pop();
      continue;
    }
    const target = await linkTarget(join(root, ...inside, segment));
    if (target === undefined) {
      inside.push(segment);
    } else {
      if (++links > MAX_LINKS) throw new Error(`SecureJoin: too many links in ${name}`);
      if (isAbsolute(target)) inside = [];
      ahead = [...target.split('/'), ...ahead];
    }
  }
  return join(root, ...inside);
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch {
    return undefined;
  }
}
