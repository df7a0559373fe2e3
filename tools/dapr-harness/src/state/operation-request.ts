import type { SetRequest } from './state-store.ts';

/**
 * Reads the request of a transaction's operation as Dapr does, with mapstructure and not as JSON.
 * @throws Error that lists every field of the wrong type, in mapstructure's words.
 */
export function readOperationRequest(request: unknown): SetRequest {
  const complaints: string[] = [];
  if (request !== undefined && request !== null && !isObject(request)) {
    throw new Error(`'' expected a map, got '${kindOf(request)}'`);
  }

  const fields = fieldsOf(request);
  const text = (name: string, value: unknown): string | undefined => {
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    complaints.push(
      `'${name}' expected type 'string', got unconvertible type '${typeOf(value)}', value: '${shown(value)}'`,
    );
    return undefined;
  };
  const map = (name: string, value: unknown): Record<string, unknown> => {
    if (value === undefined || value === null) return {};
    if (isObject(value)) return value;
    complaints.push(`'${name}' expected a map, got '${kindOf(value)}'`);
    return {};
  };

  const options = fieldsOf(map('Options', fields.get('options')));
  const result: SetRequest = {
    key: text('Key', fields.get('key')) ?? '',
    value: fields.get('value') ?? null,
    etag: text('ETag', fields.get('etag')),
    metadata: Object.fromEntries(
      Object.entries(map('Metadata', fields.get('metadata'))).map(([key, value]) => [
        key,
        text(`Metadata[${key}]`, value) ?? '',
      ]),
    ),
    options: {
      concurrency: text('Options.Concurrency', options.get('concurrency')) ?? '',
      consistency: text('Options.Consistency', options.get('consistency')) ?? '',
    },
  };
  if (complaints.length > 0) {
    const points = complaints.sort().map((complaint) => `* ${complaint}`);
    throw new Error(`${complaints.length} error(s) decoding:\n\n${points.join('\n')}`);
  }
  return result;
}

/** An object's fields by their names in small letters. */
function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map(Object.entries(isObject(value) ? value : {}).map(([key, item]) => [key.toLowerCase(), item]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TYPES: Record<string, string> = { number: 'float64', boolean: 'bool', string: 'string' };

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  return TYPES[typeof value] ?? 'map[string]interface {}';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  return TYPES[typeof value] ?? 'map';
}

/** A value as Go prints it with `%v`. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(' ')}]`;
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value).replace('null', '<nil>');
  const members = Object.keys(value).sort();
  return `map[${members.map((key) => `${key}:${shown(value[key])}`).join(' ')}]`;
}
