import type { Tree } from '../read-tree.ts';

/** What one app asks of another: a path, and the methods by which it may be asked. */
export type Operation = { app: string; path: string; verbs: readonly string[] };

const CALLS = 'services/shared/contracts/src/calls/';
const PLATFORM = 'services/shared/platform/src/';
/** What the platform has for those services that ask for it; everything else of it runs in each. */
const ON_REQUEST = [`${PLATFORM}users/`, `${PLATFORM}relations/`];
const ROUTE_TABLE = 'services/gateway/src/domain/route-table.ts';

/**
 * What the code of a service asks of others through its sidecar: every call definition of `@commons/contracts` that it, or the platform
 * on its behalf, imports and that another app answers; every path that it fetches by `dapr.get`; and, of the gateway, what it
 * passes on. In the order of apps and paths.
 */
export function operationsOf(tree: Tree, service: string): Operation[] {
  const own = `services/${service}/src/`;
  const texts = [...tree].flatMap(([path, text]) => (path.startsWith(own) || isRunBy(tree, own, path) ? [text] : []));
  const routes = service === 'gateway' ? routesOf(tree) : [];
  const found = [
    ...calledIn(texts, definedCalls(tree)),
    ...[...tree].flatMap(([path, text]) => (path.startsWith(own) ? fetchedIn(text, appsOf(routesOf(tree))) : [])),
    ...routes,
  ].filter(({ app }) => app !== service);
  const byName = new Map(found.map((operation) => [`${operation.app} ${operation.path}`, operation]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, operation]) => operation);
}

/** Whether a file of the platform runs in a service. */
function isRunBy(tree: Tree, own: string, path: string): boolean {
  if (!path.startsWith(PLATFORM)) return false;
  if (!ON_REQUEST.some((folder) => path.startsWith(folder))) return true;
  const exported = [...(tree.get(path) ?? '').matchAll(/export (?:async )?(?:function|const) (\w+)/g)].map(
    ([, name = '']) => name,
  );
  const imported = new Set([...tree].flatMap(([file, text]) => (file.startsWith(own) ? namesFromPlatform(text) : [])));
  return exported.some((name) => imported.has(name));
}

const namesFromPlatform = (text: string): string[] =>
  [...text.matchAll(/import \{([^}]*)\} from '@commons\/platform'/g)]
    .flatMap(([, names = '']) => names.split(','))
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0] ?? '',
    );

/** Call definitions by the name under which they are imported. */
function definedCalls(tree: Tree): Map<string, Operation> {
  const definition = /export const (\w+) = defineCall\(\s*'([\w-]+)',\s*'(\w+)'/g;
  const files = [...tree].filter(([path]) => path.startsWith(CALLS));
  return new Map(
    files.flatMap(([, text]) =>
      [...text.matchAll(definition)].map(([, variable = '', app = '', name = '']): [string, Operation] => [
        variable,
        { app, path: `/internal/${name}`, verbs: ['POST'] },
      ]),
    ),
  );
}

function calledIn(texts: readonly string[], defined: ReadonlyMap<string, Operation>): Operation[] {
  const imports = /import \{([^}]*)\} from '@commons\/contracts'/g;
  return texts.flatMap((text) =>
    [...text.matchAll(imports)]
      .flatMap(([, names = '']) => names.split(','))
      .flatMap((name) => defined.get(name.trim().split(' as ')[0] ?? '') ?? []),
  );
}

/** Paths fetched by `dapr.get`, of the app that is written there or, where it is a variable, of each behind the gateway. */
function fetchedIn(text: string, apps: readonly string[]): Operation[] {
  const fetches = /\bdapr\.get\(\s*(?:'([\w-]+)'|\w+),\s*'([^']+)'/g;
  return [...text.matchAll(fetches)].flatMap(([, named, path = '']) =>
    (named === undefined ? apps : [named]).map((app) => ({ app, path: `/${path}`, verbs: ['GET'] })),
  );
}

/** What the gateway passes on: the prefixes of its route table, by any method. */
function routesOf(tree: Tree): Operation[] {
  const table = tree.get(ROUTE_TABLE) ?? '';
  const fixed = [...table.matchAll(/\['(\/[^']*)', '([\w-]+)'\]/g)].map(([, path = '', app = '']) =>
    toRoute(app, path),
  );
  const ofEach = [...table.matchAll(/\[`([^`$]*)\$\{app\}`, app\]/g)].flatMap(([, prefix = '']) =>
    appsOf(fixed).map((app) => toRoute(app, `${prefix}${app}`)),
  );
  return [...fixed, ...ofEach];
}

const toRoute = (app: string, path: string): Operation => ({ app, path, verbs: ['*'] });

const appsOf = (operations: readonly Operation[]): string[] => [...new Set(operations.map(({ app }) => app))];
