import { describe, expect, it } from '@jest/globals';
import { watchHealth } from '../src/sidecar/health-watch.ts';
import { until } from './support/until.ts';

/** Asks an app that gives these answers one after the other, the last again and again; gives what was told of it. */
async function changesWith(threshold: number, ...answers: (number | Error)[]): Promise<boolean[]> {
  const changes: boolean[] = [];
  let asked = 0;
  const ask = async (): Promise<number> => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (typeof answer === 'number') return answer;
    throw answer ?? new Error('no answer');
  };
  const watch = watchHealth(ask, { path: '/', intervalMs: 1, threshold }, (isWell) => changes.push(isWell));
  await until(() => asked > answers.length + 2);
  watch.end();
  return changes;
}

describe('the health of an app', () => {
  it('begins with the first success', async () => {
    expect(await changesWith(2, 503, new Error('refused'), 204)).toEqual([true]);
    expect(await changesWith(2, 404)).toEqual([]);
  });

  it('ends with so many failures, and begins again with one success', async () => {
    expect(await changesWith(2, 200, 503, 503, 503, 200)).toEqual([true, false, true]);
    expect(await changesWith(3, 200, 503, 503, 200)).toEqual([true]);
  });

  it('ends, as in daprd, also with failures that had successes between them', async () => {
    expect(await changesWith(2, 200, 503, 200, 503, 200)).toEqual([true, false, true]);
  });
});
