import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLogFile } from '../src/log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commons-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (size = '20M') =>
  openLogFile({
    folder,
    name: 'a.log',
    size,
    onError: (error) => {
      throw error;
    },
  });

describe('a log file', () => {
  it('has every line in its order, those that came all at once as well', async () => {
    const log = open();
    const lines = Array.from({ length: 20_000 }, (_, number) => `line ${number}\n`);

    for (const line of lines) log.write(line);
    await log.close();

    expect(await readFile(join(folder, 'a.log'), 'utf8')).toBe(lines.join(''));
  });

  it('is followed by the next when it is large, and nothing is lost in between', async () => {
    const log = open('10K');
    const lines = Array.from({ length: 300 }, (_, number) => `${'x'.repeat(95)} ${number}\n`);

    for (const line of lines) {
      log.write(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await log.close();

    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(names.length).toBeGreaterThan(1);
    expect(texts.join('').split('\n').filter(Boolean).length).toBe(lines.length);
  });
});
