import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
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
    for (const args of buildArguments(module, partial)) await runGo(module, args);
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * What `go` is told, once or more, in order to put a module's programs into `folder`. It builds together those that it names after their
 * packages by itself: `main`, for one, is no name for a program.
 */
export function buildArguments(module: GoModule, folder: string): string[][] {
  const variables = Object.entries(module.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const tags = module.tags === undefined ? [] : ['-tags', module.tags];
  const options = [...tags, '-ldflags', ['-s -w', ...variables].join(' ')];
  const programs = Object.entries(module.packages);
  const together = programs.filter(([name, path]) => basename(path) === name);
  const alone = programs.filter(([name, path]) => basename(path) !== name);
  return [
    ...(together.length > 0 ? [['build', ...options, '-o', `${folder}/`, ...together.map(([, path]) => path)]] : []),
    ...alone.map(([name, path]) => ['build', ...options, '-o', join(folder, name), path]),
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
