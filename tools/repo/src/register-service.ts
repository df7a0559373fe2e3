import { camelCase, formsOf } from './names.ts';
import type { Tree } from './read-tree.ts';

interface Manifest {
  dependencies: Record<string, string>;
}

interface Project {
  references: { path: string }[];
}

/** The files that list the services, each with the new one in it; see `service-registration.ts`, which looks for it there. */
export function registerService(tree: Tree, name: string): Map<string, string> {
  const changes: [path: string, change: (text: string) => string][] = [
    ['tsconfig.json', (text) => withReference(text, `services/${name}`)],
    ['tools/launcher/tsconfig.json', (text) => withReference(text, `../../services/${name}`)],
    ['tools/launcher/package.json', (text) => withDependency(text, `@commons/${name}`)],
    ['tools/launcher/src/services.ts', (text) => inServicesList(text, name)],
    ['services/gateway/src/domain/route-table.ts', (text) => inRouteTable(text, name)],
    ['charts/commons/Chart.yaml', (text) => inUmbrella(text, name)],
  ];
  return new Map(changes.map(([path, change]) => [path, change(tree.get(path) ?? '')]));
}

function withReference(text: string, path: string): string {
  const project = JSON.parse(text) as Project;
  const places = project.references.map((reference) => reference.path.startsWith(path.slice(0, path.lastIndexOf('/'))));
  project.references.splice(places.lastIndexOf(true) + 1, 0, { path });
  return JSON.stringify(project, null, 2);
}

function withDependency(text: string, name: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const dependencies = Object.entries({ ...manifest.dependencies, [name]: '0.1.0' });
  manifest.dependencies = Object.fromEntries(dependencies.sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(manifest, null, 2);
}

/** In the order of names among the others; the gateway, which needs them all, stays last in the list. */
function inServicesList(text: string, name: string): string {
  const variable = camelCase(name);
  const line = `import { service as ${variable} } from '@commons/${name}';`;
  const imports = [...text.matchAll(/^import \{ service as .*$/gm)].map(([found]) => found);
  const next = imports.find((other) => other > line);
  const withImport =
    next === undefined ? after(text, /^import \{ service as .*$/gm, line) : text.replace(next, `${line}\n${next}`);
  return withImport.replace(/export const services = \[([^\]]*)\]/, (_, list: string) => {
    const names = list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '' && one !== 'gateway');
    return `export const services = [${[...names, variable].sort().join(', ')}, gateway]`;
  });
}

function inRouteTable(text: string, name: string): string {
  return after(text, /^ {2}\['\/api\/.*$/gm, `  ['/api/${formsOf(name)['plural'] ?? name}', '${name}'],`);
}

/** In the order of names among the others. */
function inUmbrella(text: string, name: string): string {
  const dependency = (one: string): string =>
    `  - name: ${one}\n    version: 0.1.0\n    repository: file://../${one}\n    condition: ${one}.enabled\n`;
  const names = [...text.matchAll(/^ {2}- name: (.*)$/gm)].flatMap(([, found]) => found ?? []);
  const next = names.find((other) => other > name);
  return next === undefined
    ? text + dependency(name)
    : text.replace(dependency(next), dependency(name) + dependency(next));
}

/** Puts a line after the last one that looks like `pattern`. Throws where there is none. */
function after(text: string, pattern: RegExp, line: string): string {
  const last = [...text.matchAll(pattern)].at(-1);
  if (last === undefined) throw new Error(`No line like ${pattern.source} to put this after: ${line.trim()}`);
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}
