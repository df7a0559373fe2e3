import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeAuthority } from './certificates.ts';
import { authorityFiles, backendFiles, makeSeed, tokensFile } from './docker-secrets.ts';
import type { Seed } from './docker-secrets.ts';

/**
 * Makes the secrets of the platform in Docker that `folder` lacks. The folder is its owner's alone; what containers read in it they
 * read as other users, so the files themselves may be read by all.
 * @param services their names: each has tokens of its own
 * @returns the names of the files that it made
 */
export async function keepSecrets(folder: string, services: readonly string[]): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const seed = await keepSeed(join(folder, 'seed.json'));
  const made: string[] = [];
  for (const service of services) made.push(...(await writeMissing(folder, { [`${service}.env`]: tokensFile() })));
  made.push(...(await writeMissing(folder, backendFiles(seed))));
  const isCertified = await Promise.all(['sentry/issuer.key', 'trust.env'].map((name) => exists(join(folder, name))));
  if (isCertified.includes(false)) {
    for (const [name, text] of Object.entries(authorityFiles(await makeAuthority()))) {
      await write(join(folder, name), text);
      made.push(name);
    }
  }
  return made;
}

async function keepSeed(file: string): Promise<Seed> {
  if (!(await exists(file))) await write(file, `${JSON.stringify(makeSeed(), undefined, 2)}\n`, 0o600);
  return JSON.parse(await readFile(file, 'utf8')) as Seed;
}

async function writeMissing(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const made: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    if (await exists(join(folder, name))) continue;
    await write(join(folder, name), text);
    made.push(name);
  }
  return made;
}

async function write(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}
