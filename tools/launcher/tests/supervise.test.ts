import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Launched, Part } from '../src/dapr/part.ts';
import { supervise } from '../src/dapr/supervise.ts';
import { createSupervisor } from '../src/dapr/supervisor.ts';
import { aFolder } from './temp-folder.ts';
import { until } from './until.ts';

type Run = Launched & { end: (code: number) => void; becomeReady: () => void; failToBecomeReady: () => void };

/** A part whose programs exist on paper only: each start is in `runs`, and ends when the test says so. */
async function aPart(name = 'post', refusals: readonly Error[] = []) {
  const folder = await aFolder();
  const pidFile = join(folder, 'pid');
  const refuse = [...refusals];
  const runs: Run[] = [];
  const stopped: string[] = [];
  const part: Part = {
    ...{ name, kind: 'service', service: name, replica: 0, port: 4000 },
    async launch() {
      const refusal = runs.length > 0 ? refuse.shift() : undefined;
      if (refusal) throw refusal;
      const exited = Promise.withResolvers<number>();
      const ready = Promise.withResolvers<void>();
      await writeFile(pidFile, String(100 + runs.length));
      const stop = async () => {
        stopped.push(name);
        exited.resolve(0);
      };
      runs.push({
        ...{ pidFile, ready: ready.promise, exited: exited.promise, stop, end: exited.resolve },
        becomeReady: () => ready.resolve(),
        failToBecomeReady: () => ready.reject(new Error('it does not answer')),
      });
      return runs.at(-1) as Run;
    },
  };
  return { part, runs, stopped };
}

function watched() {
  const said: string[] = [];
  return { said, options: { changed: () => undefined, say: (line: string) => said.push(line), pausesMs: [0, 10] } };
}

describe('a part under supervision', () => {
  it('is started again when it ends, and that is said', async () => {
    const { part, runs } = await aPart();
    const { said, options } = watched();
    const supervised = supervise(part, options);
    await until(() => runs.length === 1);
    runs[0]?.becomeReady();
    await supervised.ready;

    runs[0]?.end(137);
    await until(() => runs.length === 2);
    runs[1]?.becomeReady();
    await until(() => supervised.status.state === 'ready');

    expect(said).toEqual(['post ended (code 137) and is started again']);
    expect(supervised.status).toEqual({
      ...{ name: 'post', kind: 'service', service: 'post', replica: 0, port: 4000 },
      ...{ pid: 101, restarts: 1, state: 'ready', readySince: expect.any(String) },
    });
    await supervised.stop();
  });

  it('waits longer when it ends again and again, and also when it cannot be started at all', async () => {
    const { part, runs } = await aPart('post', [new Error('no room')]);
    const { said, options } = watched();
    const supervised = supervise(part, options);
    await until(() => runs.length === 1);
    runs[0]?.becomeReady();
    await supervised.ready;

    runs[0]?.end(1);
    await until(() => runs.length === 2);

    expect(said).toEqual([
      'post ended (code 1) and is started again',
      'post could not be started: no room and is started again in 0.01 s',
    ]);
    await supervised.stop();
  });

  it('is ended and started again when it does not become ready', async () => {
    const { part, runs, stopped } = await aPart();
    const { options } = watched();
    const supervised = supervise(part, options);
    await until(() => runs.length === 1);
    runs[0]?.becomeReady();
    await supervised.ready;

    runs[0]?.end(1);
    await until(() => runs.length === 2);
    runs[1]?.failToBecomeReady();
    await until(() => runs.length === 3);

    expect(stopped).toEqual(['post']);
    await supervised.stop();
  });

  it('is not started again when its very first start fails', async () => {
    const { part, runs } = await aPart();
    const { said, options } = watched();
    const supervised = supervise(part, options);
    await until(() => runs.length === 1);

    runs[0]?.end(1);

    await expect(supervised.ready).rejects.toThrow('post ended (code 1)');
    await supervised.stop();
    expect({ runs: runs.length, said }).toEqual({ runs: 1, said: [] });
  });

  it('stays ended when it was stopped', async () => {
    const { part, runs } = await aPart();
    const { said, options } = watched();
    const supervised = supervise(part, options);
    await until(() => runs.length === 1);
    runs[0]?.becomeReady();
    await supervised.ready;

    await supervised.stop();

    expect(supervised.status).toMatchObject({ state: 'stopped', pid: null, restarts: 0 });
    expect({ runs: runs.length, said }).toEqual({ runs: 1, said: [] });
  });
});

describe('a supervisor', () => {
  it('ends its groups in the opposite order', async () => {
    const { options } = watched();
    const [mongod, post] = [await aPart('mongod'), await aPart('post')];
    const order: string[] = [];
    const supervisor = createSupervisor(options);
    for (const { part, runs } of [mongod, post]) {
      const started = supervisor.start([part]);
      await until(() => runs.length === 1);
      const run = runs[0] as Run;
      const stop = run.stop;
      run.stop = () => {
        order.push(part.name);
        return stop();
      };
      run.becomeReady();
      await started;
    }

    await supervisor.stop();

    expect(order).toEqual(['post', 'mongod']);
    expect(supervisor.statuses().map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });
});
