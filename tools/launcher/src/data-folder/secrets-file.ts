import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LaunchProblem } from '../launch-problem.ts';
import { writeWhole } from './write-whole.ts';

const secretsSchema = z.record(z.string(), z.string().min(1));

/**
 * Reads the secrets of a data folder and makes those that are missing. Only the file's owner may read it.
 * @param bytes how many random bytes each has, in base64
 * @throws LaunchProblem when the file is damaged
 */
export async function loadSecrets<Name extends string>(
  file: string,
  bytes: Readonly<Record<Name, number>>,
): Promise<Record<Name, string>> {
  const kept = await read(file);
  const missing = Object.entries<number>(bytes).filter(([name]) => !(name in kept));
  const made = missing.map(([name, length]) => [name, randomBytes(length).toString('base64')]);
  const secrets = { ...kept, ...(Object.fromEntries(made) as Record<string, string>) };
  if (made.length > 0) await writeSecrets(file, secrets);
  return secrets as Record<Name, string>;
}

/** Writes all secrets of a data folder. */
export async function writeSecrets(file: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  await writeWhole(file, `${JSON.stringify(secrets, undefined, 2)}\n`);
}

async function read(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new LaunchProblem(`The file ${file} is damaged: restore it from a copy, or set DATA_DIR to another folder.`);
  }
}
