/**
 * npm run chart-dependencies: puts each chart's dependencies into charts/, for those who render it where it lies: Skaffold and Tilt.
 * Helm does that for one chart at a time, so the services come first, and then the umbrella.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const UMBRELLA = 'commons';
const charts = fileURLToPath(new URL('../../../charts/', import.meta.url));

try {
  for (const name of await withDependencies()) {
    await promisify(execFile)('helm', ['dependency', 'update', '--skip-refresh', join(charts, name)]);
  }
} catch (error) {
  const { code, stderr = '', message } = error as NodeJS.ErrnoException & { stderr?: string };
  console.error(code === 'ENOENT' ? 'helm is not installed: https://helm.sh' : stderr || message);
  process.exitCode = 1;
}

async function withDependencies(): Promise<string[]> {
  const names = await readdir(charts);
  const found = await Promise.all(names.map(async (name) => ((await hasDependencies(name)) ? [name] : [])));
  return [...found.flat().filter((name) => name !== UMBRELLA), UMBRELLA];
}

async function hasDependencies(name: string): Promise<boolean> {
  const text = await readFile(join(charts, name, 'Chart.yaml'), 'utf8').catch(() => '');
  return /^dependencies:/m.test(text);
}
