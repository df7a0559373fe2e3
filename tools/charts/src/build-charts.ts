import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceCharts } from './chart-files.ts';
import type { Helm } from './helm.ts';
import { readFolder } from './read-folder.ts';

/**
 * Copies `charts/` of the repository at `root` into `target` and puts each chart's dependencies into it: Helm does that for one chart
 * at a time, so the services come first, and then the umbrella. Gives the names of the services' charts.
 */
export async function buildCharts(helm: Helm, root: string, target: string): Promise<string[]> {
  const services = serviceCharts(await readFolder(root, 'charts'));
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const name of ['commons-service', ...services, 'commons']) {
    await cp(join(root, 'charts', name), join(target, name), { recursive: true });
  }
  for (const name of [...services, 'commons']) await helm('dependency', 'update', '--skip-refresh', join(target, name));
  return services;
}
