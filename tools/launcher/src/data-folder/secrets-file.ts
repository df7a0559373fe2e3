import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LaunchProblem } from '../launch-problem.ts';
import { writeWhole } from './write-whole.ts';

const secretsSchema = z.record(z.string(), z.string().min(1));

export type Secrets = Readonly<Record<string, string>>;

/**
 * Reads the secrets of a data folder and makes those that are missing: 64 random bytes in base64. Only the file's owner may read it.
 * @throws LaunchProblem when the file is damaged
 */
export async function loadSecrets(file: string, names: readonly string[]): Promise<Secrets> {
  const kept = await read(file);
  const missing = names.filter((name) => !(name in kept));
  if (missing.length === 0) return kept;
  const secrets = { ...kept, ...Object.fromEntries(missing.map((name) => [name, randomBytes(64).toString('base64')])) };
  await writeWhole(file, `${JSON.stringify(secrets, undefined, 2)}\n`);
  return secrets;
}

async function read(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new LaunchProblem(`The file ${file} is damaged: restore it from a copy, or set DATA_DIR to another folder.`);
  }
}
