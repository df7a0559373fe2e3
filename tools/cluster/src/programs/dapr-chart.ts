import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import { run } from '../run.ts';
import { cacheFolder } from './find-programs.ts';
import { dapr } from './go-modules.ts';

/** The folder of Dapr's own chart, which its module holds: a copy in the cache, made once. */
export async function findDaprChart(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = join(cacheFolder(env), `dapr-chart-${dapr.version}`);
  const isThere = await access(join(folder, 'Chart.yaml')).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;

  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.part-`);
  try {
    await cp(join(await moduleSource(), 'charts', 'dapr'), join(partial, 'dapr'), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await rename(join(partial, 'dapr'), folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function moduleSource(): Promise<string> {
  const answer = await run('go', ['mod', 'download', '-json', 'github.com/dapr/dapr'], {
    cwd: join(packageFolder(), 'modules', dapr.name),
    timeoutMs: 300_000,
  });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}
