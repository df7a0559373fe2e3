import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

/** The environment, and below it what a `.env` file sets, where there is one. */
export async function readEnvironment(env: NodeJS.ProcessEnv, file: URL): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return { ...parseEnv(text), ...env };
}
