import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpError, type BaseContext } from '../src/index.ts';
import { aUser, buildService, fakeCall, until, type ServiceUnderTest } from '../src/testing/index.ts';
import { askOther, noteMade, toyService } from './toy/toy-service.ts';

let toy: ServiceUnderTest<BaseContext>;
const echo = fakeCall(askOther, ({ text }) => {
  if (text === 'trouble') throw new HttpError(503, 'Mine is away.', { code: 'service_unavailable' });
  if (text === 'refuse') throw new HttpError(409, 'Not now.', { code: 'not_now' });
  return { text };
});
const lines: string[] = [];
beforeAll(async () => {
  toy = await buildService(toyService, {
    fakes: [echo],
    environment: { LOG_LEVEL: 'info' },
    logDestination: { write: (line) => void lines.push(line) },
  });
});
afterEach(() => toy.harness.faults.clear());
afterAll(() => toy.stop());

const ask = async (text = 'hello') => {
  const { status } = await toy.as(aUser()).post('/relay').send({ text });
  return status;
};

async function asked(times: number, text?: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push(await ask(text));
  return statuses;
}

describe('another service', () => {
  it('that hangs is waited for thrice, then tried once a second only', async () => {
    const undo = toy.harness.faults.delay({ on: 'invocation', app: 'other' }, 2_000);

    expect(await asked(5)).toEqual([504, 504, 504, 503, 503]);

    undo();
    await until(async () => (await ask()) === 200, 'the service');
    expect(await asked(5)).toEqual([200, 200, 200, 200, 200]);
  });

  it('that is away is not asked either, and others still are', async () => {
    toy.harness.faults.fail({ on: 'invocation', app: 'other' });
    expect(new Set(await asked(4))).toEqual(new Set([503]));

    toy.harness.faults.clear();

    expect(await ask('too soon')).toBe(503);
    expect(echo.inputs).not.toContainEqual({ text: 'too soon' });
    await until(async () => (await ask()) === 200, 'the service');
  });

  it('whose own trouble it is that answers is there', async () => {
    expect(await asked(4, 'trouble')).toEqual([503, 503, 503, 503]);
    expect(await ask()).toBe(200);
  });

  it('that refuses is there', async () => {
    expect(await asked(6, 'refuse')).toEqual([409, 409, 409, 409, 409, 409]);
    expect(await ask()).toBe(200);
  });
});

describe('state', () => {
  it('that hangs is not waited for by everyone', async () => {
    toy.harness.faults.delay({ on: 'state' }, 3_000);
    const { state } = toy.ctx.dapr;
    const failures = (): Promise<unknown> => state.delete('a').catch((error: unknown) => error);
    for (let time = 0; time < 3; time++) await failures();

    const startedAt = performance.now();
    expect(await failures()).toMatchObject({ status: 503 });

    expect(performance.now() - startedAt).toBeLessThan(500);
    toy.harness.faults.clear();
    await until(async () => (await failures()) === undefined, 'the state');
  });
});

describe('a broker that is away', () => {
  it('keeps no request waiting, is told of once, and gets all events when it is back', async () => {
    const undo = toy.harness.faults.fail({ on: 'publish' }, { status: 500 });
    const write = async () => {
      const startedAt = performance.now();
      const { status, body } = await toy.as(aUser()).post('/notes').send({ text: 'kept' });
      return { status, id: (body as { id: string }).id, isQuick: performance.now() - startedAt < 3_000 };
    };
    const written = await Promise.all(Array.from({ length: 12 }, write));
    expect(written.map(({ status, isQuick }) => ({ status, isQuick }))).toEqual(
      Array.from({ length: 12 }, () => ({ status: 201, isQuick: true })),
    );
    const said = (words: string): number => lines.filter((line) => line.includes(words)).length;
    await until(() => said('it could not be published') === 1, 'the word');

    undo();

    const isPublished = (id: string): boolean =>
      toy.harness.published({ type: noteMade.type }).some(({ subject }) => subject === id);
    await until(() => written.every(({ id }) => isPublished(id)), 'the events');
    await until(() => said('events leave the outbox again') === 1, 'the word');
    expect(said('it could not be published')).toBe(1);
  });
});

describe('a sidecar that is away', () => {
  it('makes 503 of what needs another service, and nothing of what does not', async () => {
    const restart = await toy.harness.faults.stop('toy');
    expect(new Set(await asked(4))).toEqual(new Set([503]));
    await toy.as(aUser()).post('/notes').send({ text: 'alone' }).expect(201);

    await restart();

    await until(async () => (await ask()) === 200, 'the sidecar');
  });
});
