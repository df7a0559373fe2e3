/** npm run new-service NAME: a service of the right shape, that starts, passes the checks and has a passing test. */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeChartFiles } from '@commons/charts';
import { makeManifests } from '@commons/manifests';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { writeBrokerFiles } from './components/write-broker-files.ts';
import { makeService } from './make-service.ts';
import { formsOf } from './names.ts';
import { readTree } from './read-tree.ts';
import { nameProblem } from './service-name.ts';
import { serviceNames } from './service-shape.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const [name] = process.argv.slice(2);

const tree = await readTree(root);
const problem = nameProblem(tree, name);
if (name === undefined || problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

const manifests = makeManifests(tree, [...serviceNames(tree), name]);
for (const [path, text] of [...makeService(tree, name), ...manifests]) {
  await write(join(root, path), text);
  console.log(`${tree.has(path) ? 'changed' : 'made   '}  ${path}`);
}
linkPackage();
await declareQueues();
await writeChartFiles(root);
const path = `/api/${formsOf(name)['plural'] ?? name}`;
console.log(`
services/${name} answers POST ${path} and GET ${path}/:id: make of it what you need.
To start it with the others: npm start
To run its tests: npm test -- services/${name}
To look after its shape: npm run check`);

async function write(path: string, text: string): Promise<void> {
  const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: join(root, '.prettierignore') });
  const isFormatted = !ignored && inferredParser !== null;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, isFormatted ? await format(text, { ...(await resolveConfig(path)), filepath: path }) : text);
}

/** RabbitMQ is to hold what the service subscribes to before it starts. */
async function declareQueues(): Promise<void> {
  await writeBrokerFiles(pathToFileURL(root));
}

/** npm links the new package into node_modules and notes it in package-lock.json. */
function linkPackage(): void {
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error('npm could not link the new package: run npm install, and then npm run check.');
  process.exitCode = 1;
}
