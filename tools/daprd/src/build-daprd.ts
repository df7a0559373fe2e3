import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const VERSION_VARIABLE = 'github.com/dapr/dapr/pkg/buildinfo.version';
const PROGRAM = 'github.com/dapr/dapr/cmd/daprd';

/**
 * Builds daprd with Go from this folder's module, at low priority, into `target`, which holds either nothing or the whole program.
 * Says once a half minute on stderr that it is still at it. The folder's name ends in the version: `…/daprd-1.18.0/daprd`.
 */
export async function buildDaprd(target: string): Promise<void> {
  const folder = dirname(target);
  const partial = `${target}.${process.pid}.part`;
  const version = folder.slice(folder.lastIndexOf('-') + 1);
  await mkdir(folder, { recursive: true });
  console.error(`building daprd ${version} into ${target}: some minutes, once`);
  try {
    await runGo(['-o', partial, '-ldflags', `-s -w -X ${VERSION_VARIABLE}=${version}`]);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

async function runGo(options: string[]): Promise<void> {
  const startedAt = Date.now();
  const progress = setInterval(() => console.error(`building daprd: ${seconds(startedAt)} s so far`), 30_000);
  try {
    await new Promise<void>((resolve, reject) => {
      const go = spawn('nice', ['-n', '19', 'go', 'build', '-tags', 'stablecomponents', ...options, PROGRAM], {
        cwd: moduleFolder(),
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      go.once('error', reject);
      go.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(goFailed(code)))));
    });
  } finally {
    clearInterval(progress);
  }
  console.error(`building daprd: done in ${seconds(startedAt)} s`);
}

function goFailed(code: number | null): string {
  const reason = code === 127 ? 'Go is not installed' : `go build ended with ${code ?? 'a signal'}`;
  return `daprd could not be built: ${reason}. Install Go, or Dapr itself (\`dapr init --slim\`), or name a daprd in DAPRD.`;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

/** The folder of go.mod, from the sources as well as from dist/. */
function moduleFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'go.mod'))) folder = dirname(folder);
  return folder;
}
