/** npm run charts [build | lint | validate | files]: see README.md. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCharts } from './build-charts.ts';
import { openHelm } from './helm.ts';
import { lintCharts } from './lint-charts.ts';
import { validateCharts } from './validate/validate-charts.ts';
import { writeChartFiles } from './write-chart-files.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const target = join(root, '.data', 'charts');

const commands: Record<string, () => Promise<void>> = {
  async build() {
    await buildCharts(await openHelm(join(root, '.data', 'helm')), root, target);
    console.log(`The charts are in .data/charts. To install them:

  helm upgrade --install commons .data/charts/commons --namespace commons --create-namespace -f charts/commons/values-dev.yaml`);
  },
  async files() {
    const { written, removed } = await writeChartFiles(root);
    console.log(`charts/ has what it is made from: ${written} files written, ${removed} removed.`);
  },
  async lint() {
    const helm = await openHelm(join(root, '.data', 'helm'));
    const services = await buildCharts(helm, root, target);
    console.log(await lintCharts(helm, target, services));
  },
  async validate() {
    const helm = await openHelm(join(root, '.data', 'helm'));
    await buildCharts(helm, root, target);
    console.log(await validateCharts(helm, target));
  },
};

const [name = 'build'] = process.argv.slice(2);
const command = commands[name];
try {
  if (command === undefined)
    throw new Error(`npm run charts takes ${Object.keys(commands).join(', ')}, and not ${name}.`);
  await command();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
