import { z } from 'zod';
import type { Access, Route } from './route.ts';

type JsonSchema = Record<string, unknown>;
type Operation = Record<string, unknown>;
export type OpenApiDocument = {
  openapi: '3.1.0';
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  [part: string]: unknown;
};

/**
 * The OpenAPI 3.1 description of a service's public routes, made from the very schemas that validate them.
 * Routes between services are left out.
 */
export function describeRoutes<Context>(service: string, routes: readonly Route<Context>[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    if (typeof route.access !== 'string') continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describe(service, route);
  }
  return { openapi: '3.1.0', info: { title: service, version: '1.0.0' }, paths };
}

function describe<Context>(service: string, route: Route<Context>): Operation {
  return {
    tags: [service],
    summary: route.summary,
    operationId: `${service}-${route.method.toLowerCase()}${route.path.replace(/[/:*]+/g, '-')}`,
    ...(needsToken(route.access) && { security: [{ bearer: [] }] }),
    ...(route.access === 'anyone' && { security: [{ bearer: [] }, {}] }),
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...(requestBody(route) ?? {}),
    responses: responsesOf(route),
  };
}

const needsToken = (access: Access): boolean => access === 'user' || isForAdmins(access);

const isForAdmins = (access: Access): boolean => access === 'admin' || access === 'admin-or-service';

function parametersOf(where: 'path' | 'query', schema: z.ZodObject | undefined): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, 'input') as {
    properties?: JsonSchema;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBody<Context>({ body, form, isBodyOptional = false }: Route<Context>): object | undefined {
  if (!body && !form) return undefined;
  const schema: JsonSchema = body ? toJsonSchema(body, 'input') : { type: 'object', properties: {} };
  const content: Record<string, unknown> = form?.only ? {} : { 'application/json': { schema } };
  if (form) {
    const file = { type: 'string', contentMediaType: 'application/octet-stream' };
    content['multipart/form-data'] = {
      schema: { ...schema, properties: { ...(schema['properties'] as JsonSchema), [form.file]: file } },
    };
  }
  return { requestBody: { required: !isBodyOptional, content } };
}

function responsesOf<Context>(route: Route<Context>): Record<string, unknown> {
  const successes = Object.entries(route.answers).map(([status, schema]) => [status, success(schema)]);
  const refusals = errorStatuses(route).map((status) => [String(status), { $ref: '#/components/responses/Problem' }]);
  return Object.fromEntries([...successes, ...refusals]) as Record<string, unknown>;
}

function success(schema: z.ZodType | string | null): object {
  if (schema === null) return { description: 'Done' };
  if (typeof schema === 'string') return { description: 'The bytes', content: { [schema]: {} } };
  return { description: 'Done', content: { 'application/json': { schema: toJsonSchema(schema, 'output') } } };
}

/** The errors that follow from what a route takes, and those that it names. */
function errorStatuses<Context>({
  access,
  params,
  query,
  body,
  form,
  ruleStatus,
  errors = [],
  answers,
}: Route<Context>): number[] {
  const takesBody = body !== undefined || form !== undefined;
  const statuses = [
    ...(access === 'public' ? [] : [401]),
    ...(isForAdmins(access) ? [403] : []),
    ...(params || query || takesBody ? [400] : []),
    ...(takesBody ? [413, 415] : []),
    ...(body && ruleStatus !== 400 ? [422] : []),
    429,
    ...errors,
  ];
  return [...new Set(statuses)].filter((status) => !(status in answers)).sort();
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}

/** Parts that every service's description refers to. */
export const openApiComponents = {
  securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  schemas: {
    Problem: {
      type: 'object',
      description: 'RFC 9457 problem details',
      required: ['type', 'title', 'status', 'detail', 'code'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        code: { type: 'string', description: 'Stable name of the error, in snake_case' },
        errors: {
          type: 'array',
          items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
        },
        trace_id: { type: ['string', 'null'] },
      },
    },
  },
  responses: {
    Problem: {
      description: 'What went wrong',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
} as const;
