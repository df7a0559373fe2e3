import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { metadataValue } from '../resources/component.ts';
import type { Component } from '../resources/component.ts';
import { fileProblem } from './file-problem.ts';
import { pathInside } from './inside-root.ts';
import { fromBase64, unquoted } from './output-binding.ts';
import type { BindingAnswer, OutputBinding } from './output-binding.ts';

const FORBIDDEN_ROOTS = ['/proc', '/sys', '/boot', '/var/run/secrets'];

/**
 * `bindings.localstorage`: files under `rootPath`, named by the request's metadata `fileName`. Data that happens to be base64 is
 * decoded, as in Dapr.
 */
export function createLocalStorage(component: Component): OutputBinding {
  const root = checkedRoot(metadataValue(component, 'rootPath') ?? '');
  mkdirSync(root, { recursive: true });

  return {
    operations: ['create', 'get', 'list', 'delete'],
    invoke: async ({ operation, data, metadata }) => {
      const name = metadata['fileName'] || (operation === 'create' ? randomUUID() : '');
      const path = await pathInside(root, name);
      if (operation === 'create') return create(root, path, data);
      if (operation === 'get') return get(path);
      return operation === 'list' ? list(path) : remove(path);
    },
  };
}

async function create(root: string, path: string, data: string): Promise<BindingAnswer> {
  const content = unquoted(data);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, fromBase64(content) ?? content).catch((error: unknown) => {
    throw new Error(`error creating file ${path}: ${fileProblem('open', path, error)}`);
  });
  return { data: Buffer.from(JSON.stringify({ fileName: relative(root, path) || '.' })) };
}

async function get(path: string): Promise<BindingAnswer> {
  const data = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error(`file not found: ${path}`);
    throw new Error(`error reading file ${path}: ${fileProblem('read', path, error)}`);
  });
  return { data };
}

async function list(path: string): Promise<BindingAnswer> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Error(`error getting stats for path ${path}: ${fileProblem('stat', path, error)}`);
  });
  if (!found.isDirectory()) {
    throw new Error(`unable to list files as the file specified is not a directory: ${path}`);
  }
  const files = await filesUnder(path);
  return { data: Buffer.from(JSON.stringify(files.length > 0 ? files : null)) };
}

/** A folder goes only when it is empty. */
async function remove(path: string): Promise<BindingAnswer> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  await (isFolder ? rmdir(path) : rm(path)).catch((error: unknown) => {
    throw new Error(`error deleting file ${path}: ${fileProblem('remove', path, error)}`);
  });
  return undefined;
}

/** The files below a folder, each folder's in the order of names. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)));
  const lists = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
  return (await Promise.all(lists)).flat();
}

function checkedRoot(rootPath: string): string {
  if (rootPath === '') throw new Error('failed to parse metadata: property rootPath must not be empty');
  const root = withoutLinks(resolve(rootPath));
  if (FORBIDDEN_ROOTS.some((folder) => root === folder || root.startsWith(`${folder}/`))) {
    throw new Error('failed to parse metadata: property rootPath points to a disallowed location');
  }
  return root;
}

/** Follows the links of what exists of a path. */
function withoutLinks(path: string): string {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (!existing) return join(withoutLinks(dirname(path)), relative(dirname(path), path));
  if (!existing.isDirectory()) {
    throw new Error('failed to parse metadata: property rootPath represents a file and not a directory');
  }
  return realpathSync(path);
}
