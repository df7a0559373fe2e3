import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const VERSION_VARIABLE = 'github.com/dapr/dapr/pkg/buildinfo.version';

/** The sidecar is built from a main package of this folder's own, which adds a name resolver to Dapr's stable components. */
const packageOf = { daprd: './cmd/daprd', sentry: 'github.com/dapr/dapr/cmd/sentry' } as const;

/** The sidecar, and the authority that gives sidecars their certificates. */
export type DaprProgram = 'daprd' | 'sentry';

/**
 * Builds a program of Dapr's with Go from this folder's module, at low priority, into `target`, which holds either nothing or the
 * whole program. Says that it is at it, each half minute.
 */
export async function buildDaprProgram(
  program: DaprProgram,
  version: string,
  target: string,
  say: (line: string) => void,
): Promise<void> {
  const partial = `${target}.${process.pid}.part`;
  await mkdir(dirname(target), { recursive: true });
  say(`Building ${program} ${version} into ${target} (some minutes, once) …`);
  try {
    const linkerOptions = `-s -w -X ${VERSION_VARIABLE}=${version}`;
    await runGo(program, ['-o', partial, '-ldflags', linkerOptions, packageOf[program]], say);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

async function runGo(program: DaprProgram, options: string[], say: (line: string) => void): Promise<void> {
  const startedAt = Date.now();
  const progress = setInterval(() => say(`Building ${program}: ${seconds(startedAt)} s so far …`), 30_000);
  try {
    await new Promise<void>((resolve, reject) => {
      const go = spawn('nice', ['-n', '19', 'go', 'build', '-tags', 'stablecomponents', ...options], {
        cwd: moduleFolder(),
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      go.once('error', reject);
      go.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(failure(program, code)))));
    });
  } finally {
    clearInterval(progress);
  }
  say(`Building ${program}: done in ${seconds(startedAt)} s.`);
}

function failure(program: DaprProgram, code: number | null): string {
  const reason = code === 127 ? 'Go is not installed' : `go build ended with ${code ?? 'a signal'}`;
  const variable = program === 'daprd' ? 'DAPRD' : 'DAPR_SENTRY';
  return `${program} could not be built: ${reason}. Install Go, or name a ${program} in ${variable}.`;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

/** The folder of go.mod, from the sources as well as from dist/. */
function moduleFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(`${folder}/go.mod`)) folder = dirname(folder);
  return folder;
}
