import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderRelease } from '../support/release.ts';
import { root, serviceNames } from '../support/repository.ts';
import { runTiltfile } from '../support/run-tiltfile.ts';
import { callsOf, nameOf, type Build, type Button, type Resource } from '../support/tiltfile-calls.ts';

const services = await serviceNames();

describe('the buttons', () => {
  it('test, fill and mend, by scripts and files that there are, and only when they are pressed', async () => {
    const run = await runTiltfile({ answers: { 'npm run': '', 'helm template': await renderRelease() } });
    const buttons = callsOf<Button>(run, 'local_resource');
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const words = buttons.flatMap(({ cmd }) => cmd);

    expect(Object.fromEntries(buttons.map(({ name, labels }) => [name, labels]))).toEqual({
      'unit-tests': ['tests'],
      ...Object.fromEntries(services.map((name) => [`${name}-tests`, ['tests']])),
      'platform-test': ['tests'],
      demo: ['tools'],
      rebuild: ['tools'],
    });
    expect(buttons.filter((button) => button.auto_init || button.trigger_mode !== 'manual')).toEqual([]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['test', 'demo', 'rebuild']));
    expect(words.filter((word) => /^(services|charts)\//.test(word) && !existsSync(join(root, word)))).toEqual([]);
  });
});

describe('with --only', () => {
  it.each([
    ['names with a comma between them', ['--only', 'post,like']],
    ['each name by itself', ['--only', 'like', '--only', 'post']],
  ])('and %s, these services run alone', async (_, args) => {
    const leftOut = services.filter((name) => name !== 'post' && name !== 'like');
    const run = await runTiltfile({ args, answers: { 'npm run': '', 'helm template': await renderRelease(leftOut) } });
    const command = callsOf<{ command: string[] }>(run, 'local').at(-1)?.command;
    const names = callsOf<Resource>(run, 'k8s_resource').map(nameOf);

    expect(run.problem).toBe('');
    expect(command?.slice(-leftOut.length)).toEqual(leftOut.map((name) => `--set=${name}.enabled=false`));
    expect(callsOf<Build>(run, 'docker_build').map(({ ref }) => ref)).toEqual(['commons/like', 'commons/post']);
    expect(names.filter((name) => services.includes(name))).toEqual(['like', 'post']);
    expect(callsOf<Button>(run, 'local_resource').map(({ name }) => name)).toEqual([
      'unit-tests',
      'like-tests',
      'post-tests',
    ]);
  });

  it('and a name that there is none of, says which services there are', async () => {
    const { problem } = await runTiltfile({ args: ['--only', 'post,lik'], answers: {} });

    expect(problem).toContain(`There is no service lik. The services are: ${services.join(', ')}.`);
  });
});
