import type { Tree } from './read-tree.ts';

/** Where the service must be named so that it is built and started, and the words that name it there. */
function registrationsOf(name: string) {
  return [
    { path: 'tsconfig.json', words: `"services/${name}"`, why: 'a reference, or it is never type-checked' },
    { path: 'tools/launcher/package.json', words: `"@commons/${name}"`, why: 'a dependency of the launcher' },
    { path: 'tools/launcher/tsconfig.json', words: `"../../services/${name}"`, why: 'a reference of the launcher' },
    {
      path: 'tools/launcher/src/services.ts',
      words: `'@commons/${name}'`,
      why: 'an entry, or npm start leaves it out',
    },
  ];
}

/** Whether the service is named wherever the repository lists its services. */
export function registrationProblems(tree: Tree, name: string): string[] {
  return registrationsOf(name)
    .filter(({ path, words }) => !(tree.get(path) ?? '').includes(words))
    .map(({ path, words, why }) => `${path} does not name ${words}; add it: ${why}.`);
}
