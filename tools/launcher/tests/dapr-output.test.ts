import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openLogStream } from '../src/dapr/log-stream.ts';
import { createPartsWriter, readParts } from '../src/dapr/parts-file.ts';
import type { PartStatus } from '../src/dapr/part.ts';
import { statusTable } from '../src/dapr/status-table.ts';
import { aFolder } from './temp-folder.ts';

const post: PartStatus = {
  ...{ name: 'post', kind: 'service', service: 'post', replica: 0, pid: 4711, port: 4000 },
  ...{ restarts: 2, state: 'ready', readySince: '2030-01-01T00:00:00.000Z' },
};
const mongod: PartStatus = {
  ...{ name: 'mongod', kind: 'backend', pid: null, port: null, restarts: 0, state: 'starting', readySince: null },
};

describe('the stream of logs', () => {
  it('shows the lines of all parts in words with their names, and keeps them whole in a file for each', async () => {
    const folder = await aFolder();
    const shown: string[] = [];
    const log = openLogStream({ folder, show: (line) => shown.push(line), nameWidth: 9 });
    const line =
      '{"level":"warn","time":"2030-01-01T10:20:30.456Z","service":"post","trace_id":"x","post_id":"5","err":{"message":"no"},"msg":"late"}';

    log.of('post')(line);
    log.of('like')('Debugger attached.');
    log.of('post-dapr')('{"level":"info","msg":"started"}');
    log.of('post-dapr')('{"level":"error","time":"2030-01-01T10:20:31.000Z","app_id":"post","msg":"away"}');
    await log.close();

    expect(shown).toEqual([
      'post      10:20:30.456 WARN  late: no post_id=5',
      'like      Debugger attached.',
      'post-dapr 10:20:31.000 ERROR away',
    ]);
    expect(await readFile(join(folder, 'post.log'), 'utf8')).toBe(`${line}\n`);
    expect((await readFile(join(folder, 'post-dapr.log'), 'utf8')).split('\n').length).toBe(3);
  });
});

describe('the file of parts', () => {
  it('says what runs as long as it runs', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'run'));
    const file = { url: 'http://localhost:8000', pid: process.pid, parts: [mongod, post] };
    const writer = createPartsWriter(folder, () => file);

    writer.changed();
    await writer.written();

    expect(await readParts(folder)).toEqual(file);
  });

  it('counts for nothing when its platform has ended, or was never there', async () => {
    const folder = await aFolder();
    expect(await readParts(folder)).toBeUndefined();
    await mkdir(join(folder, 'run'));
    const neverThere = 2 ** 22 + 1;
    const writer = createPartsWriter(folder, () => ({ url: 'http://localhost:8000', pid: neverThere, parts: [post] }));
    await writer.written();

    expect(await readParts(folder)).toBeUndefined();
  });
});

it('lays the parts out as a table', () => {
  expect(statusTable([mongod, post], new Date('2030-01-01T01:05:00.000Z'))).toBe(
    [
      'PART    STATE     PID   PORT  RESTARTS  SINCE',
      'mongod  starting  -     -     0         -',
      'post    ready     4711  4000  2         1 h 5 min',
    ].join('\n'),
  );
});
