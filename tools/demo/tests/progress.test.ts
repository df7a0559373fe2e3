import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { progressOn } from '../src/progress.ts';

describe('progress that goes to a file', () => {
  it('is a line for a step, and one for each tenth of a long step', () => {
    const stream = new PassThrough();
    const progress = progressOn(stream as unknown as NodeJS.WriteStream);
    const work = (label: string, total: number) => {
      progress.start(label, total);
      for (let done = 0; done < total; done += 1) progress.tick();
      progress.stop();
    };

    work('short', 40);
    work('long', 1000);

    expect(String(stream.read()).split('\n')).toEqual([
      'short: 40 of 40',
      ...Array.from({ length: 10 }, (_, tenth) => `long: ${(tenth + 1) * 100} of 1000`),
      '',
    ]);
  });
});
