import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { keepSecrets } from '../src/keep-secrets.ts';
import { readServiceNames } from '../src/read-files.ts';
import { root } from './repository.ts';

export type ComposeProject = {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean } | null>;
};

export type ComposeService = {
  image: string;
  build?: { args: Record<string, string> };
  command: string[] | null;
  entrypoint: string[] | null;
  environment: Record<string, string>;
  healthcheck: { test: string[] };
  depends_on: Record<string, { condition: string }>;
  networks: Record<string, unknown>;
  ports?: { host_ip: string; published: string }[];
  volumes?: { type: string; source: string }[];
  [more: string]: unknown;
};

const run = promisify(execFile);
const source = fileURLToPath(new URL('../compose-check/', import.meta.url));

/** Compose's own understanding of compose files of this repository, of which it takes a copy with secrets of its own. */
export async function readCompose(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ComposeProject> {
  const program = await buildComposeCheck();
  const folder = await mkdtemp(join(tmpdir(), 'compose-'));
  try {
    for (const path of ['compose.yaml', 'docker']) {
      await cp(new URL(path, root), join(folder, path), {
        recursive: true,
        filter: (from) => !from.includes('secrets'),
      });
    }
    await keepSecrets(join(folder, 'docker/secrets'), await readServiceNames(root));
    const { PATH, HOME } = process.env;
    const { stdout } = await run(program, [...files], { cwd: folder, env: { PATH, HOME, ...env }, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.replaceAll(folder, '.')) as ComposeProject;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Builds the program once for each state of its sources, into the cache that other built programs are in too. */
async function buildComposeCheck(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(source, name)));
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'commons');
  const program = join(cache, `compose-check-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(program)) return program;
  const partial = `${program}.${process.pid}.part`;
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' };
  await run('nice', ['-n', '19', 'go', 'build', '-o', partial, '.'], { cwd: source, env });
  await rename(partial, program);
  return program;
}
