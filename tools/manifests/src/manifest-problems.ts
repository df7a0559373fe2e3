import { makeManifests } from './make-manifests.ts';
import type { Files } from './make-manifests.ts';

/** A sentence for each file that does not say what its template and the list of services say. */
export function manifestProblems(files: Files, names: readonly string[]): string[] {
  return [...makeManifests(files, names)].flatMap(([path, text]) => {
    const found = files.get(path);
    if (found === text) return [];
    const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(found ?? ''));
    const detail = missing.length > 0 ? ` (it does not name ${missing.join(', ')})` : '';
    return [`${path} is not what its template in tools/manifests/templates says${detail}: npm run manifests.`];
  });
}
