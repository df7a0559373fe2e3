import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import type { GoModule } from './go-modules.ts';

/**
 * Builds a module's programs with Go, at low priority, into the folder `target`, which either holds all of them or is not there.
 * Says on stderr that it is at it, each half minute.
 */
export async function buildModule(module: GoModule, target: string): Promise<void> {
  const partial = `${target}.${process.pid}.part`;
  await mkdir(partial, { recursive: true });
  console.error(`building ${titleOf(module)} into ${target}: some minutes, once`);
  try {
    await runGo(module, buildArguments(module, `${partial}/`));
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** What `go` is told in order to put a module's programs into `folder`. */
export function buildArguments(module: GoModule, folder: string): string[] {
  const variables = Object.entries(module.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const tags = module.tags === undefined ? [] : ['-tags', module.tags];
  return [
    'build',
    ...tags,
    '-o',
    folder,
    '-ldflags',
    ['-s -w', ...variables].join(' '),
    ...Object.values(module.packages),
  ];
}

async function runGo(module: GoModule, args: string[]): Promise<void> {
  const startedAt = Date.now();
  const progress = setInterval(() => console.error(`building ${module.name}: ${seconds(startedAt)} s so far`), 30_000);
  try {
    await new Promise<void>((resolve, reject) => {
      const go = spawn('nice', ['-n', '19', 'go', ...args], {
        cwd: join(packageFolder(), 'modules', module.name),
        // Without C the programs need nothing beside them, and so stand alone in an image.
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      go.once('error', reject);
      go.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(failure(module, code)))));
    });
  } finally {
    clearInterval(progress);
  }
  console.error(`building ${module.name}: done in ${seconds(startedAt)} s`);
}

function failure(module: GoModule, code: number | null): string {
  const reason = code === 127 ? 'Go is not installed' : `go build ended with ${code ?? 'a signal'}`;
  return `${titleOf(module)} could not be built: ${reason}. Install Go 1.26 or later.`;
}

function titleOf(module: GoModule): string {
  return `${module.name} ${module.version}`;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
