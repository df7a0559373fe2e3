import { fileURLToPath } from 'node:url';
import { EVERY_SERVICE } from './environment-example.ts';
import type { ConfigSchema, ServiceConfig } from './environment-example.ts';
import { readTree } from './read-tree.ts';
import { serviceNames } from './service-shape.ts';

const PLATFORM = {
  service: EVERY_SERVICE,
  path: 'services/shared/platform/src/config/platform-config.ts',
  name: 'platformConfig',
};

const LAUNCHER = { service: 'npm start', path: 'tools/launcher/src/config.ts', name: 'config' };

/** The schema of the launcher's variables, the platform's and of each service's own, read from the sources in the repository at `root`. */
export async function readConfigs(root: URL): Promise<ServiceConfig[]> {
  const services = serviceNames(await readTree(fileURLToPath(root)));
  const files = [
    LAUNCHER,
    PLATFORM,
    ...services.map((service) => ({ service, path: `services/${service}/src/config.ts`, name: 'config' })),
  ];
  return Promise.all(
    files.map(async ({ service, path, name }) => {
      const module = (await import(new URL(path, root).href)) as Record<string, unknown>;
      if (!isSchema(module[name])) throw new Error(`${path} must export ${name}: the zod object of its variables.`);
      return { service, schema: module[name] };
    }),
  );
}

function isSchema(value: unknown): value is ConfigSchema {
  return typeof value === 'object' && value !== null && 'shape' in value && 'safeParse' in value;
}
