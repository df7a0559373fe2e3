import { execFile, spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder, isProgram, onPath } from './program.ts';

/** The version that go.mod in skaffold/ builds. */
const VERSION = '2.16.1';
const PACKAGE = 'github.com/GoogleContainerTools/skaffold/v2';
const moduleFolder = fileURLToPath(new URL('../../skaffold/', import.meta.url));

/** The path of a Skaffold 2.16: `$SKAFFOLD` (of whatever version), the path, what was built before, and else builds it, some minutes. */
export async function findSkaffold(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['SKAFFOLD']) return env['SKAFFOLD'];
  const installed = await onPath('skaffold', env, isOurs);
  if (installed !== undefined) return installed;
  const target = join(cacheFolder(env), `skaffold-${VERSION}`, 'skaffold');
  if (!(await isProgram(target))) await build(target);
  return target;
}

async function isOurs(skaffold: string): Promise<boolean> {
  return promisify(execFile)(skaffold, ['version']).then(
    ({ stdout }) => stdout.trim().startsWith('v2.16.'),
    () => false,
  );
}

async function build(target: string): Promise<void> {
  const partial = `${target}.${process.pid}.part`;
  await mkdir(dirname(target), { recursive: true });
  console.error(`building skaffold ${VERSION} into ${target}: some minutes, once`);
  try {
    const linkerOptions = `-s -w -X ${PACKAGE}/pkg/skaffold/version.version=v${VERSION}`;
    await runGo(['build', '-o', partial, '-ldflags', linkerOptions, `${PACKAGE}/cmd/skaffold`]);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

async function runGo(args: readonly string[]): Promise<void> {
  const go = spawn('nice', ['-n', '19', 'go', ...args], {
    cwd: moduleFolder,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    go.once('error', reject);
    go.once('exit', resolve);
  });
  if (code === 0) return;
  const reason = code === 127 ? 'Go is not installed' : `go build ended with ${code ?? 'a signal'}`;
  throw new Error(`skaffold could not be built: ${reason}. Install Go, or name a skaffold in SKAFFOLD.`);
}
