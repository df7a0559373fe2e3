import { createHash } from 'node:crypto';

/** The repository's files by their path from its root, with their text. */
export type Tree = ReadonlyMap<string, string>;

const COMPONENTS = 'components/';
const COPIES = 'charts/commons/files/components/';
const SCHEMA = 'charts/commons-service/values.schema.json';
const REVISION = 'charts/commons-service/templates/_components-revision.tpl';

/**
 * The files of `charts/` that are made from others, as they have to be: a chart reads nothing outside of itself, so the umbrella gets a
 * copy of `components/`, each service the schema of its values, and all of them the revision by which pods see a new component.
 */
export function chartFiles(tree: Tree): Map<string, string> {
  const components = [...tree].filter(([path]) => path.startsWith(COMPONENTS)).sort(([a], [b]) => (a < b ? -1 : 1));
  const schemas = serviceCharts(tree).map((name): [string, string] => [
    `charts/${name}/values.schema.json`,
    tree.get(SCHEMA) ?? '',
  ]);
  return new Map([
    ...components.map(([path, text]): [string, string] => [COPIES + path.slice(COMPONENTS.length), text]),
    ...schemas,
    [REVISION, `{{- define "commons-service.components-revision" -}}${revisionOf(components)}{{- end -}}\n`],
  ]);
}

/** The files of `charts/` that were made from what is there no more. */
export function leftovers(tree: Tree): string[] {
  const wanted = chartFiles(tree);
  return [...tree.keys()].filter((path) => path.startsWith(COPIES) && !wanted.has(path));
}

/** The services that have a chart, in order. */
export function serviceCharts(tree: Tree): string[] {
  const names = [...tree.keys()].flatMap((path) => /^charts\/([^/]+)\/Chart\.yaml$/.exec(path)?.[1] ?? []);
  return names.filter((name) => name !== 'commons' && name !== 'commons-service').sort();
}

function revisionOf(components: readonly (readonly [string, string])[]): string {
  const hash = createHash('sha256');
  for (const [path, text] of components) hash.update(`${path}\0${text}\0`);
  return hash.digest('hex').slice(0, 12);
}
