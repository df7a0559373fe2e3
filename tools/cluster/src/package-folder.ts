import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This package's folder, from the sources as well as from dist/. */
export function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
