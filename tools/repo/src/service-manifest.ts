import { isDeepStrictEqual } from 'node:util';
import type { Tree } from './read-tree.ts';

/** The fields of a service's package.json that are the same in every service. */
function sharedManifest(name: string) {
  return {
    name: `@commons/${name}`,
    private: true,
    type: 'module',
    exports: { '.': { source: './src/service.ts', default: './dist/src/service.js' } },
    scripts: { start: 'node --conditions=source src/main.ts' },
  };
}

/** Whether the service's package.json says what its neighbours' say. */
export function manifestProblems(tree: Tree, name: string): string[] {
  const path = `services/${name}/package.json`;
  const text = tree.get(path);
  if (text === undefined) return [];
  const manifest = parse(text);
  if (manifest === undefined) return [`${path} is no JSON object; mend it.`];
  return Object.entries(sharedManifest(name)).flatMap(([field, value]) =>
    isDeepStrictEqual(manifest[field], value)
      ? []
      : [`${path} must have "${field}": ${JSON.stringify(value)}, as every service has.`],
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
