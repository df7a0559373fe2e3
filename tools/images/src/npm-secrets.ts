import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where the Dockerfile puts the secret `ca`. */
const AUTHORITIES_IN_BUILD = '/run/ca.pem';

/**
 * Writes what npm needs in a build to reach the registry that it reaches here: its address, and the authorities that Node believes
 * beside its own.
 */
export async function writeNpmSecrets(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ npmrc: string; authorities?: string }> {
  const npmrc = join(folder, 'npmrc');
  const file = env['NODE_EXTRA_CA_CERTS'];
  const registry = await npmSetting('registry', env);
  await writeFile(npmrc, npmConfiguration({ registry, hasAuthorities: Boolean(file) }), { mode: 0o600 });
  if (!file) return { npmrc };
  const authorities = join(folder, 'ca.pem');
  await copyFile(file, authorities);
  return { npmrc, authorities };
}

/** The text of an .npmrc. */
export function npmConfiguration({ registry, hasAuthorities }: { registry: string; hasAuthorities: boolean }): string {
  return [`registry=${registry}`, ...(hasAuthorities ? [`cafile=${AUTHORITIES_IN_BUILD}`] : []), ''].join('\n');
}

async function npmSetting(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', name], { env });
  return stdout.trim();
}
