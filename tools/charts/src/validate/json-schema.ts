/** A JSON schema, or an OpenAPI one, as far as it is looked into here. */
export type Schema = { [keyword: string]: unknown };

/**
 * An OpenAPI schema of Kubernetes as a JSON schema that knows no field but those it names, as the API server does when it is strict.
 * What may be a number or a string, and what may hold anything, says so by keywords of Kubernetes' own.
 */
export function strictSchema(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') {
    return { type: ['integer', 'string'] };
  }
  const result = Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !keyword.startsWith('x-kubernetes-') && keyword !== 'format' && keyword !== 'default')
      .map(([keyword, value]) => [keyword, strictValue(keyword, value)]),
  );
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in schema;
  return 'properties' in schema && !isOpen ? { ...result, additionalProperties: false } : result;
}

function strictValue(keyword: string, value: unknown): unknown {
  if (Array.isArray(value)) return ['allOf', 'anyOf', 'oneOf'].includes(keyword) ? value.map(loose) : value;
  if (!isSchema(value)) return value;
  if (keyword !== 'properties') return strictSchema(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strictSchema(one as Schema)]));
}

/** A part of a choice names some fields only. */
function loose(value: unknown): unknown {
  return isSchema(value) ? { ...strictSchema(value), additionalProperties: true } : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
