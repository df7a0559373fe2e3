import { describe, expect, it } from '@jest/globals';
import { lineOf, summaryOf } from '../src/report.ts';
import { runSteps } from '../src/run-steps.ts';
import type { Step } from '../src/steps.ts';
import { program, rule } from '../src/steps.ts';

const nothing = () => undefined;

describe('the steps of a check', () => {
  it('run a few at a time, and each tells what came of it', async () => {
    let running = 0;
    let most = 0;
    const step = (name: string): Step => ({
      name,
      run: async () => {
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        return { ok: name !== 'b', output: `${name} ran` };
      },
    });
    const heard: string[] = [];
    const reports = await runSteps(['a', 'b', 'c', 'd', 'e'].map(step), {
      parallel: 2,
      onDone: ({ name }) => heard.push(name),
    });
    expect(most).toBe(2);
    expect(heard.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(reports.map(({ name, ok, output }) => [name, ok, output])).toEqual([
      ['a', true, 'a ran'],
      ['b', false, 'b ran'],
      ['c', true, 'c ran'],
      ['d', true, 'd ran'],
      ['e', true, 'e ran'],
    ]);
  });

  it('fail when they throw, without stopping the next', async () => {
    const steps = [
      { name: 'broken', run: () => Promise.reject(new Error('no such file')) },
      rule('fine', () => Promise.resolve([])),
    ];
    const reports = await runSteps(steps, { parallel: 1, onDone: nothing });
    expect(reports.map(({ ok, output }) => ({ ok, output }))).toEqual([
      { ok: false, output: 'no such file' },
      { ok: true, output: '' },
    ]);
  });

  it('fail with every sentence of a rule', async () => {
    const step = rule('rule', () => Promise.resolve(['one is wrong', 'two is wrong']));
    expect(await step.run()).toEqual({ ok: false, output: 'one is wrong\ntwo is wrong' });
  });

  it('hold or fail by the exit code of a program, whose words are kept', async () => {
    const node = (script: string) => program('node', process.cwd(), process.execPath, ['-e', script]);
    expect(await node('console.log("fine")').run()).toEqual({ ok: true, output: 'fine\n' });
    expect(await node('console.error("bad"); process.exit(3)').run()).toEqual({ ok: false, output: 'bad\n' });
  });

  it('end in a line each, what failing ones said, and the sum', () => {
    const reports = [
      { name: 'types', ok: true, output: 'not shown', seconds: 1.25 },
      { name: 'lint', ok: false, output: 'file.ts: bad\n', seconds: 12 },
    ];
    expect(reports.map(lineOf)).toEqual(['ok      types             1.3 s', 'FAILED  lint             12.0 s']);
    expect(summaryOf(reports, 12.5)).toBe('\n--- lint ---\nfile.ts: bad\n\n2 steps: 1 passed, 1 failed, in 12.5 s');
  });
});
