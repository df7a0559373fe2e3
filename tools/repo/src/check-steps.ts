import { fileURLToPath } from 'node:url';
import { chartProblems } from '@commons/charts';
import { innerLoopProblems } from '@commons/inner-loop';
import { manifestProblems } from '@commons/manifests';
import { brokerFileProblems, brokerFiles } from './components/broker-files.ts';
import { componentProblems } from './components/component-problems.ts';
import { configurationProblems } from './components/configuration-problems.ts';
import { resiliencyProblems } from './components/resiliency-problems.ts';
import { environmentProblems } from './environment-example.ts';
import { plainText } from './plain-text.ts';
import { readConfigs } from './read-configs.ts';
import type { Tree } from './read-tree.ts';
import { readTree } from './read-tree.ts';
import { serviceNames, serviceShape } from './service-shape.ts';
import type { Step } from './steps.ts';
import { program, rule } from './steps.ts';

/** All that `npm run check` checks in the repository at `rootUrl`, the slowest first. */
export function checkSteps(rootUrl: URL): Step[] {
  const root = fileURLToPath(rootUrl);
  let tree: Promise<Tree> | undefined;
  const readOnce = () => (tree ??= readTree(root));
  return [
    // It keeps the types of all packages at once, which is more than Node gives a program by itself.
    program('lint', root, 'node', [
      '--max-old-space-size=12288',
      'node_modules/eslint/bin/eslint.js',
      '.',
      '--max-warnings',
      '0',
    ]),
    program('types', root, 'tsc', ['-b']),
    program('format', root, 'prettier', ['--check', '--log-level', 'warn', '.']),
    program('imports', root, 'depcruise', ['services', 'tools', 'tests', '--output-type', 'err-long']),
    program('unused', root, 'knip', ['--no-progress', '--no-config-hints']),
    rule('service-shape', async () => serviceShape(await readOnce())),
    rule('environment', async () =>
      environmentProblems((await readOnce()).get('.env.example') ?? '', await readConfigs(rootUrl)),
    ),
    rule('components', async () => {
      const files = await readOnce();
      return [...configurationProblems(files), ...componentProblems(files), ...resiliencyProblems(files)];
    }),
    rule('broker-definitions', async () => brokerFileProblems(await readOnce(), await brokerFiles(rootUrl))),
    rule('manifests', async () => manifestProblems(await readOnce(), serviceNames(await readOnce()))),
    rule('charts', async () => chartProblems(await readOnce(), serviceNames(await readOnce()))),
    rule('inner-loop', async () => innerLoopProblems(await readOnce(), serviceNames(await readOnce()))),
    rule('plain-text', async () => plainText(await readOnce())),
  ];
}
