import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BaseContext } from '../src/index.ts';
import { anId, aUser, buildService, until, type ServiceUnderTest } from '../src/testing/index.ts';
import { startOwnMongod, type OwnMongod } from './mongod/own-mongod.ts';
import { noteMade, toyService } from './toy/toy-service.ts';

/** A killed mongod reads its journal first, on a machine that may be busy. */
jest.setTimeout(120_000);

/** A request has its answer within about five seconds; the rest is for a busy machine. */
const LIMIT_MS = 8_000;

let mongod: OwnMongod;
let toy: ServiceUnderTest<BaseContext> | undefined;
let lines: string[] = [];
beforeAll(async () => {
  mongod = await startOwnMongod();
});
afterEach(() => toy?.stop());
afterAll(() => mongod.stop());

async function build(environment: Record<string, string> = {}): Promise<ServiceUnderTest<BaseContext>> {
  lines = [];
  toy = await buildService(toyService, {
    environment: { MONGODB_URI: mongod.uri, LOG_LEVEL: 'info', ...environment },
    logDestination: { write: (line) => void lines.push(line) },
  });
  return toy;
}

const said = (words: string): number => lines.filter((line) => line.includes(`"msg":"${words}"`)).length;

type Reply = { status: number; headers: Record<string, string>; text: string };

async function refusal(request: PromiseLike<Reply>): Promise<object> {
  const startedAt = Date.now();
  const { status, headers, text } = await request;
  const { code } = JSON.parse(text) as { code: string };
  return {
    status,
    code,
    type: headers['content-type'],
    retryAfter: headers['retry-after'],
    isInTime: Date.now() - startedAt < LIMIT_MS,
  };
}

const away = {
  status: 503,
  code: 'service_unavailable',
  type: 'application/problem+json; charset=utf-8',
  retryAfter: '1',
  isInTime: true,
};

const outages = {
  'that was killed': { begin: () => mongod.kill(), end: () => mongod.restart() },
  'that does not move': { begin: () => mongod.pause(), end: () => mongod.resume() },
};

describe.each(Object.entries(outages))('a database %s', (_name, { begin, end }) => {
  it('makes 503 of reads and writes in time, and is used again as soon as it is back', async () => {
    const { as, harness } = await build();
    const user = aUser();
    const write = () => as(user).post('/notes').send({ text: 'hello' });
    await write().expect(201);

    await begin();
    expect(await Promise.all([refusal(write()), refusal(as().get(`/notes/${anId()}`))])).toEqual([away, away]);
    expect(await Promise.all([refusal(write()), refusal(as().get(`/notes/${anId()}`))])).toEqual([away, away]);
    expect(JSON.parse((await as().get('/readyz')).text)).toMatchObject({
      status: 'not_ready',
      parts: { database: { ok: false } },
    });
    expect((await as().get('/metrics')).status).toBe(200);
    expect((await as().get('/healthz')).status).toBe(200);
    await end();

    await until(async () => (await write()).status === 201, 'the database');
    await until(() => said('the outbox is worked off again') === 1, 'the outbox');
    expect(said('the outbox waits: the database is away')).toBe(1);
    await until(() => harness.published({ type: noteMade.type }).length >= 2, 'the events');
  });

  it('leaves one effect of a request that is repeated with its key', async () => {
    const { as, ctx } = await build();
    const user = aUser();
    const text = `k${Math.random()}`.slice(0, 10);
    const write = () => as(user).post('/notes').set('idempotency-key', 'one').send({ text });

    await begin();
    expect(await refusal(write())).toEqual(away);
    await end();

    await until(async () => (await write()).status === 201, 'the repetition');
    expect(await ctx.db.collection('notes').countDocuments({ text })).toBe(1);
  });
});

describe('a service whose database is away', () => {
  it('stops within its limit', async () => {
    const built = await build({ SHUTDOWN_LIMIT_MS: '1000' });
    await built.as(aUser()).post('/notes').send({ text: 'a' }).expect(201);
    mongod.pause();
    const asked = fetch(`http://127.0.0.1:${built.port}/notes/${anId()}`).catch(() => undefined);

    const startedAt = Date.now();
    await built.stop();
    const ms = Date.now() - startedAt;
    mongod.resume();
    await asked;
    toy = undefined;

    expect(ms).toBeLessThan(2_000);
  });

  it('waits for it at the start, and says so once', async () => {
    await mongod.kill();
    const starting = build();
    await until(() => said('waiting for the database') === 1, 'the word');
    await mongod.restart();

    const { as } = await starting;

    await as(aUser()).post('/notes').send({ text: 'a' }).expect(201);
    expect(said('waiting for the database')).toBe(1);
  });

  it('says what is missing where it waits in vain', async () => {
    await mongod.kill();

    await expect(build({ DATABASE_WAIT_MS: '100' })).rejects.toThrow(
      /^MONGODB_URI: the database did not answer within 100 ms: connect ECONNREFUSED/,
    );

    await mongod.restart();
  });
});
