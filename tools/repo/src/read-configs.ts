import { EVERY_SERVICE } from './environment-example.ts';
import type { ConfigSchema, ServiceConfig } from './environment-example.ts';
import { readTree } from './read-tree.ts';
import { serviceNames } from './service-shape.ts';
import { fileURLToPath } from 'node:url';

const PLATFORM = 'services/shared/platform/src/config/platform-config.ts';

/** The schema of the platform's variables and of each service's own, read from the sources in the repository at `root`. */
export async function readConfigs(root: URL): Promise<ServiceConfig[]> {
  const names = serviceNames(await readTree(fileURLToPath(root)));
  const files = [
    { service: EVERY_SERVICE, path: PLATFORM },
    ...names.map((name) => ({ service: name, path: `services/${name}/src/config.ts` })),
  ];
  return Promise.all(
    files.map(async ({ service, path }) => ({
      service,
      schema: schemaIn(await import(new URL(path, root).href), path),
    })),
  );
}

function schemaIn(module: unknown, path: string): ConfigSchema {
  const schema = Object.values(module as Record<string, unknown>).find(isSchema);
  if (schema === undefined) throw new Error(`${path} exports no zod object; export the schema of its variables.`);
  return schema;
}

function isSchema(value: unknown): value is ConfigSchema {
  return typeof value === 'object' && value !== null && 'shape' in value && 'safeParse' in value;
}
