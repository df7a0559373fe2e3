import type { Tree } from './read-tree.ts';

interface Registration {
  path: string;
  /** the words that name the service there */
  words: string;
  why: string;
}

/** Where a service must be named so that it is built, started and reached. */
function registrationsOf(name: string): Registration[] {
  const everyService = [
    { path: 'tsconfig.json', words: `"services/${name}"`, why: 'a reference, or it is never type-checked' },
    { path: 'tools/launcher/package.json', words: `"@commons/${name}"`, why: 'a dependency of the launcher' },
    { path: 'tools/launcher/tsconfig.json', words: `"../../services/${name}"`, why: 'a reference of the launcher' },
    {
      path: 'tools/launcher/src/services.ts',
      words: `'@commons/${name}'`,
      why: 'an entry, or npm start leaves it out',
    },
  ];
  if (name === 'gateway') return everyService;
  return [
    ...everyService,
    {
      path: 'services/gateway/src/domain/route-table.ts',
      words: `'${name}']`,
      why: 'the paths that it answers, or nobody outside reaches it',
    },
  ];
}

/** Whether the service is named wherever the repository lists its services. */
export function registrationProblems(tree: Tree, name: string): string[] {
  return registrationsOf(name)
    .filter(({ path, words }) => !(tree.get(path) ?? '').includes(words))
    .map(({ path, words, why }) => `${path} does not name ${words.trim()}; add it: ${why}.`);
}
