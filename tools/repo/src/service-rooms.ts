import type { Tree } from './read-tree.ts';

/** The rooms of a service's src/, each with what belongs there. */
const ROOMS = ['routes', 'subscriptions', 'use-cases', 'domain', 'data', 'clients'];
const SRC_FILES = ['main.ts', 'service.ts', 'config.ts', 'context.ts'];
const TOP_LEVEL = ['src', 'migrations', 'tests', 'package.json', 'tsconfig.json', 'README.md'];
const REQUIRED = ['package.json', 'tsconfig.json', 'README.md', ...SRC_FILES.map((file) => `src/${file}`)];

/** Whether the service has every file that all have, and nothing in a place that no other has. */
export function roomProblems(tree: Tree, name: string): string[] {
  const files = filesOf(tree, name);
  return [
    ...missingFiles(files).map((file) => `services/${name}/${file} is missing; every service has one.`),
    ...missingRoutes(files, name),
    ...missingTests(files, name),
    ...strangersAtTheTop(files).map(
      (entry) => `services/${name}/${entry} is not a place of a service; move it into one of ${TOP_LEVEL.join(', ')}.`,
    ),
    ...strangersInSrc(files).map(
      (entry) =>
        `services/${name}/src/${entry} is not a room of a service; move it into one of ${ROOMS.join(', ')}, ` +
        'or, when two services need it, to services/shared/platform.',
    ),
  ];
}

/** The paths of a service's files from its own folder. */
export function filesOf(tree: Tree, name: string): string[] {
  const folder = `services/${name}/`;
  return [...tree.keys()].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
}

function missingFiles(files: readonly string[]): string[] {
  return REQUIRED.filter((file) => !files.includes(file));
}

/** The gateway may have no route of its own: it hands requests on. */
function missingRoutes(files: readonly string[], name: string): string[] {
  const isExcepted = name === 'gateway' && !files.some((file) => file.startsWith('src/routes/'));
  if (isExcepted || files.includes('src/routes/index.ts')) return [];
  return [`services/${name}/src/routes/index.ts is missing; it is the table of contents of the service's routes.`];
}

function missingTests(files: readonly string[], name: string): string[] {
  if (files.some((file) => file.startsWith('tests/') && file.endsWith('.test.ts'))) return [];
  return [`services/${name}/tests/ has no *.test.ts; add a test of what the service promises.`];
}

function strangersAtTheTop(files: readonly string[]): string[] {
  return unique(files.map((file) => file.split('/')[0] ?? file)).filter((entry) => !TOP_LEVEL.includes(entry));
}

function strangersInSrc(files: readonly string[]): string[] {
  const entries = files.filter((file) => file.startsWith('src/')).map((file) => file.split('/').slice(1));
  return unique(
    entries.flatMap(([entry = '', ...rest]) => {
      const isAllowed = rest.length > 0 ? ROOMS.includes(entry) : SRC_FILES.includes(entry);
      return isAllowed ? [] : [entry];
    }),
  );
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
