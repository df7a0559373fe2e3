import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Resource } from './resource.ts';

/** Reads resources from YAML files and folders (not their subfolders), or takes parsed objects as they are. */
export function loadResources(sources: string | readonly string[] | readonly Resource[]): Resource[] {
  const list = typeof sources === 'string' ? [sources] : sources;
  return list.flatMap((source) => (typeof source === 'string' ? readPath(source) : [source]));
}

function readPath(path: string): Resource[] {
  if (!statSync(path).isDirectory()) return readYaml(path);
  return readdirSync(path)
    .filter((name) => ['.yaml', '.yml'].includes(extname(name)))
    .sort()
    .flatMap((name) => readYaml(join(path, name)));
}

function readYaml(file: string): Resource[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`, { cause: error });
    const resource: unknown = document.toJS();
    return isResource(resource) ? [resource] : [];
  });
}

function isResource(value: unknown): value is Resource {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, metadata } = value as Partial<Resource>;
  return typeof kind === 'string' && typeof metadata?.name === 'string';
}
