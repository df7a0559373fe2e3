import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildah } from './buildah.ts';
import { findProgram, librariesOf, restOfLibc } from './programs.ts';

/** `run` holds Node and nothing else; `build` has npm, a shell and what the Dockerfile's commands need besides. */
export type BaseImagePurpose = 'run' | 'build';

export type BaseImageOptions = {
  purpose?: BaseImagePurpose;
  /** The Node of the image. Default: the one that runs this. */
  node?: string;
};

/** Counts how images are laid out, so that one of an earlier layout is not taken. */
const LAYOUT = 4;
const TOOLS = ['sh', 'env', 'find', 'cp', 'mkdir', 'mv', 'rm', 'touch', 'ln'];

/**
 * Assembles a base image from this machine's own files, for where no registry can be reached: in place of `node:24-slim`.
 * One that is there already for the same Node is taken. Linux only.
 * @returns the name of the image
 */
export async function buildBaseImage({
  purpose = 'run',
  node = process.execPath,
}: BaseImageOptions = {}): Promise<string> {
  const name = `localhost/commons-base-${purpose}:${await fingerprint(node)}`;
  if (await exists(name)) return name;
  const root = await mkdtemp(join(tmpdir(), 'commons-base-'));
  try {
    await layOut(root, { purpose, node });
    await commit(root, name);
    return name;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The same wherever the same Node lies, for on this image rest the layers of all others. */
async function fingerprint(node: string): Promise<string> {
  const hash = createHash('sha256')
    .update(`${LAYOUT}`)
    .update(await readFile(node));
  return `${process.versions.node}-${hash.digest('hex').slice(0, 8)}`;
}

async function exists(name: string): Promise<boolean> {
  return (await buildah('images', '--quiet', '--filter', `reference=${name}`)) !== '';
}

async function layOut(root: string, { purpose, node }: Required<BaseImageOptions>): Promise<void> {
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnonroot:x:10001:10001::/tmp:/bin/false\n');
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nnonroot:x:10001:\n');
  await mkdir(join(root, 'root'), { mode: 0o700 });
  await mkdir(join(root, 'tmp'));
  await chmod(join(root, 'tmp'), 0o1777);
  await addProgram(root, node, '/usr/local/bin/node');
  for (const library of await restOfLibc(node)) await addFile(root, library, library);
  if (purpose === 'run') return;
  for (const tool of TOOLS) await addProgram(root, await findProgram(tool), `/usr/bin/${tool}`);
  await mkdir(join(root, 'bin'), { recursive: true });
  await symlink('/usr/bin/sh', join(root, 'bin/sh'));
  await addNpm(root);
}

/** Copies a program, and the libraries that it is linked to, each to where the program looks for it. */
async function addProgram(root: string, program: string, target: string): Promise<void> {
  await addFile(root, program, target);
  for (const library of await librariesOf(program)) await addFile(root, library, library);
}

async function addFile(root: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(root, to)), { recursive: true });
  await cp(from, join(root, to), { dereference: true });
}

async function addNpm(root: string): Promise<void> {
  const commandLine = await realpath(await findProgram('npm'));
  const folder = '/usr/local/lib/node_modules/npm';
  await cp(dirname(dirname(commandLine)), join(root, folder), { recursive: true, verbatimSymlinks: true });
  await symlink(`${folder}/bin/npm-cli.js`, join(root, 'usr/local/bin/npm'));
  await symlink(`${folder}/bin/npx-cli.js`, join(root, 'usr/local/bin/npx'));
}

async function commit(root: string, name: string): Promise<void> {
  const container = await buildah('from', 'scratch');
  try {
    await buildah('copy', '--quiet', container, root, '/');
    await buildah('config', '--env', 'PATH=/usr/local/bin:/usr/bin:/bin', '--cmd', '["node"]', container);
    await buildah('commit', '--quiet', container, name);
  } finally {
    await buildah('rm', container);
  }
}
