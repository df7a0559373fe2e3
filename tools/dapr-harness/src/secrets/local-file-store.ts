import { readFileSync } from 'node:fs';
import { goAny, goMap, unmarshalGoJson } from '../go-json/decode.ts';
import { isTruthy, metadataValue } from '../resources/component.ts';
import type { Component } from '../resources/component.ts';
import type { Secret, SecretStore } from './secret-store.ts';

/**
 * `secretstores.local.file`: a JSON file, read once. A nested value is a secret by its path (`redis:password`, the separator being
 * `nestedSeparator`); with `multiValued`, what is under a name at the top is one secret of many values, and texts alone are secrets.
 */
export function createLocalFileStore(component: Component): SecretStore {
  const file = metadataValue(component, 'secretsFile');
  if (!file) throw new Error('missing local secrets file in metadata');
  const separator = metadataValue(component, 'nestedSeparator') || ':';
  const isMultiValued = isTruthy(metadataValue(component, 'multiValued'));

  const content = unmarshalGoJson(readFile(file), goMap(goAny));
  const secrets = isMultiValued ? multiValued(content, separator) : singleValued(content, separator);
  return {
    capabilities: isMultiValued ? ['MULTIPLE_KEY_VALUES_PER_SECRET'] : [],
    get: (name) => {
      const secret = secrets.get(name);
      if (!secret) throw new Error(`secret ${name} not found`);
      return secret;
    },
    getAll: () => Object.fromEntries(secrets),
  };
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`open ${file}: no such file or directory`, { cause: error });
  }
}

function singleValued(content: Record<string, unknown>, separator: string): Map<string, Secret> {
  return new Map(leaves(content, separator).map(([path, text]) => [path, { [path]: text }]));
}

function multiValued(content: Record<string, unknown>, separator: string): Map<string, Secret> {
  const secrets = new Map<string, Secret>();
  for (const [name, value] of Object.entries(content)) {
    if (typeof value === 'string') secrets.set(name, { [name]: value });
    else if (isObject(value)) secrets.set(name, Object.fromEntries(leaves(value, separator)));
  }
  return secrets;
}

/** What stands at the ends of a document, each with the path that leads there. */
function leaves(value: object, separator: string, prefix = ''): [path: string, text: string][] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]): [string, string][] => {
    const path = `${prefix}${key}`;
    if (typeof item === 'object' && item !== null) return leaves(item, separator, `${path}${separator}`);
    return [[path, textOf(item)]];
  });
}

/** A text as it is; anything else as Go complains of it when it should be a text, which is what Dapr gives out. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return `%!s(float64=${floatOf(value)})`;
  return typeof value === 'boolean' ? `%!s(bool=${value})` : '%!s(<nil>)';
}

/** A number as Go's `%v` prints a float64. */
function floatOf(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 21) return String(value);
  const digits = exponent.slice(1).padStart(2, '0');
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${digits}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
