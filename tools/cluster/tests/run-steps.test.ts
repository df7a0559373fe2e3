import { describe, expect, it } from '@jest/globals';
import { runSteps } from '../src/steps/run-steps.ts';

describe('running steps', () => {
  it('runs them in order, and says how long each took and what came of it', async () => {
    const lines: string[] = [];
    let clock = 0;
    const step = (title: string, durationMs: number, note?: string) => ({
      title,
      async run() {
        clock += durationMs;
        return note;
      },
    });

    await runSteps(
      [step('the node', 1500, 'started'), step('its names', 61_000)],
      (line) => lines.push(line),
      () => clock,
    );

    expect(lines).toEqual(['   1.5 s  the node: started', '  61.0 s  its names', '  62.5 s  in all']);
  });

  it('stops at the first that fails, and names it', async () => {
    const done: string[] = [];
    const steps = [
      { title: 'first', run: async () => void done.push('first') },
      { title: 'second', run: () => Promise.reject(new Error('no root')) },
      { title: 'third', run: async () => void done.push('third') },
    ];

    await expect(runSteps(steps, () => undefined)).rejects.toThrow('second: no root');
    expect(done).toEqual(['first']);
  });
});
