/** `npm run start:dapr`: the platform of real parts. The rest is loaded only once this Node is known to run it. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

const oldestNode = 24;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(
    `Commons needs Node ${oldestNode} or later and this is ${process.version}: run npm run start:dapr, which brings its own.`,
  );
  process.exitCode = 1;
} else {
  enableCompileCache(join(cacheFolder(process.env), 'compile'));
  const { main } = await import('./run-dapr.ts');
  await main(process.env, process.argv.slice(2));
}
