import { openApiComponents, type OpenApiDocument } from '@commons/platform';
import { OTHER_NAMES } from './other-names.ts';
import { OWN_PATHS } from './own-routes.ts';
import { appRouteOf } from './route-table.ts';

type Paths = OpenApiDocument['paths'];

/** What one service says of its routes. */
export type ServiceDescription = { app: string; paths: Paths };

const INTRODUCTION = `One API of several services. JSON in and out, field names in \`snake_case\`, times in ISO 8601 UTC with milliseconds.
Errors are \`application/problem+json\` with a stable \`code\`. Where a lock is shown, send \`Authorization: Bearer <access token>\`,
which \`POST /api/auth/login\` gives; a trailing slash never changes the answer.`;

/**
 * One OpenAPI 3.1 document of all services: of each what the gateway passes on to it, the gateway's own, and at each
 * route the other names that it has.
 * @param baseUrl of the API, as the reader reaches it.
 */
export function mergeOpenApi(services: readonly ServiceDescription[], baseUrl: string): OpenApiDocument {
  const paths: Paths = {};
  for (const { app, paths: described } of services) {
    for (const [path, operations] of Object.entries(described)) {
      if (appRouteOf(path)?.app === app) paths[path] = { ...paths[path], ...operations };
    }
  }
  const info = { title: 'Commons', version: '1.0.0', description: INTRODUCTION };
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: baseUrl }],
    tags: [...services.map(({ app }) => ({ name: app })), { name: 'gateway' }],
    paths: { ...withOtherNames(paths), ...OWN_PATHS },
    components: openApiComponents,
  };
}

function withOtherNames(paths: Paths): Paths {
  const noted = structuredClone(paths);
  for (const { method, path, ourMethod, ourPath } of OTHER_NAMES) {
    const operation = noted[asTemplate(ourPath, noted)]?.[ourMethod.toLowerCase()];
    if (!operation) continue;
    const names = [...((operation['x-other-names'] as string[] | undefined) ?? []), `${method} ${path}`];
    operation['x-other-names'] = names;
    operation['description'] = `Other names: ${names.map((name) => `\`${name}\``).join(', ')}`;
  }
  return noted;
}

/** The key in a document of a path of ours, whatever its parameter is called there. */
function asTemplate(path: string, paths: Paths): string {
  const shape = (text: string): string => text.replace(/:\w+|\{\w+\}/g, '*');
  return Object.keys(paths).find((key) => shape(key) === shape(path)) ?? path;
}
