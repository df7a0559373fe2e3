import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { startRedis } from './target/redis.ts';
import type { Redis } from './target/redis.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const APP = 'redis-app';
const OTHER = 'redis-other';

let redis: Redis;
let target: Target;
let state: string;
let others: string;

beforeAll(async () => {
  redis = await startRedis();
  const store = (name: string, more: Record<string, string> = {}) =>
    component(name, 'state.redis', { redisHost: redis.host, redisPassword: redis.password, ...more });
  target = await startTarget({
    resources: [
      store('redis'),
      store('by-name', { keyPrefix: 'name' }),
      store('by-none', { keyPrefix: 'none' }),
      store('by-namespace', { keyPrefix: 'namespace' }),
      store('by-word', { keyPrefix: 'Word' }),
      store('by-word-too', { keyPrefix: 'word' }),
      store('database-1', { keyPrefix: 'none', redisDB: '1' }),
      store('mortal', { keyPrefix: 'none', ttlInSeconds: '1' }),
    ],
    apps: [{ id: APP }, { id: OTHER }],
  });
  state = `${target.url(APP)}/v1.0/state`;
  others = `${target.url(OTHER)}/v1.0/state`;
});

afterAll(async () => {
  await target.close();
  await redis.close();
});

const scriptError = (line: number, complaint: string, script: string) =>
  `ERR user_script:${line}: ${complaint} script: ${script}, on @user_script:${line}.`;
const setRefused = (key: string) =>
  scriptError(14, `failed to set key ${APP}||${key}`, 'd908b9553add63a82e03589b5c6d01a7654ef0f2');
const deleteRefused = (key: string) =>
  scriptError(6, `failed to delete ${APP}||${key}`, '2446db0de2c963f100727b388f03ead01d18c265');

const save = (...requests: object[]) => post(`${state}/redis`, requests);
const read = async (key: string) => {
  const { status, headers, body } = await send(`${state}/redis/${key}`);
  return { status, etag: headers.etag, body };
};

describe('state in Redis', () => {
  it('counts etags up from 1', async () => {
    await save({ key: 'counted', value: 'a' });
    const first = await read('counted');
    await save({ key: 'counted', value: 'b' });

    expect([first, await read('counted')]).toEqual([
      { status: 200, etag: '1', body: '"a"' },
      { status: 200, etag: '2', body: '"b"' },
    ]);
  });

  it('keeps six decimals of a number, and markup as it is', async () => {
    await save({
      key: 'six',
      value: { a: 0.123456789, b: 1234.5678915, c: -0.0000001, d: 123456789.123456, e: 1e21, f: '<&>' },
    });

    const { b, c, d, e, f, a } = JSON.parse((await read('six')).body);

    expect([a, b, Math.abs(c), d, e, f]).toEqual([0.123457, 1234.567892, 0, 123456789.123456, 1e21, '<&>']);
    expect((await read('six')).body).toContain('"<&>"');
  });

  it('says what Redis said of an old etag', async () => {
    await save({ key: 'stale', value: 1 });

    const refused = await save({ key: 'stale', value: 2, etag: '99' });
    const undeleted = await send(`${state}/redis/stale`, { method: 'DELETE', headers: { 'if-match': '99' } });

    expect([refused, undeleted].map(jsonOf)).toEqual([
      {
        status: 409,
        body: {
          errorCode: 'ERR_STATE_SAVE',
          message: `failed saving state in state store redis: possible etag mismatch. error from state store: ${setRefused('stale')}`,
        },
      },
      {
        status: 409,
        body: {
          errorCode: 'ERR_STATE_DELETE',
          message: `failed deleting state with key stale: possible etag mismatch. error from state store: ${deleteRefused('stale')}`,
        },
      },
    ]);
  });

  it('refuses an etag that is no number as malformed', async () => {
    const refused = await save({ key: 'no-number', value: 1, etag: 'abc' });

    expect(jsonOf(refused)).toEqual({
      status: 400,
      body: {
        errorCode: 'ERR_STATE_SAVE',
        message:
          'failed saving state in state store redis: invalid etag value: strconv.Atoi: parsing "abc": invalid syntax',
      },
    });
  });

  it('takes any etag for a key that is not there', async () => {
    const saved = await save({ key: 'fresh', value: 1, etag: '99' });
    const deleted = await send(`${state}/redis/never`, { method: 'DELETE', headers: { 'if-match': '99' } });

    expect([saved.status, deleted.status, await read('fresh')]).toEqual([
      204,
      204,
      { status: 200, etag: '1', body: '1' },
    ]);
  });

  it('overlooks an etag for last-write', async () => {
    await save({ key: 'last', value: 1 });

    const saved = await save({ key: 'last', value: 2, etag: '99', options: { concurrency: 'last-write' } });

    expect([saved.status, await read('last')]).toEqual([204, { status: 200, etag: '2', body: '2' }]);
  });

  it('lets a first write follow a plain one', async () => {
    await save({ key: 'plain', value: 1 });

    const saved = await save({ key: 'plain', value: 2, options: { concurrency: 'first-write' } });

    expect(saved.status).toBe(204);
  });

  it('takes only the current etag after a first write, whatever the concurrency', async () => {
    await save({ key: 'first', value: 1, options: { concurrency: 'first-write' } });

    const again = await save({ key: 'first', value: 2, options: { concurrency: 'first-write' } });
    const plain = await save({ key: 'first', value: 2 });
    const current = await save({ key: 'first', value: 3, etag: '1' });

    const message = `failed saving state in state store redis: failed to set key ${APP}||first: ${setRefused('first')}`;
    expect([again, plain, current].map(jsonOf)).toEqual([
      { status: 500, body: { errorCode: 'ERR_STATE_SAVE', message } },
      { status: 500, body: { errorCode: 'ERR_STATE_SAVE', message } },
      { status: 204, body: undefined },
    ]);
  });

  it('deletes as first-write without an etag', async () => {
    await save({ key: 'first-delete', value: 1 });

    const deleted = await send(`${state}/redis/first-delete?concurrency=first-write`, { method: 'DELETE' });

    expect(deleted.status).toBe(204);
  });

  it('does not tell when a key expires', async () => {
    await save({ key: 'silent', value: 1, metadata: { ttlInSeconds: '100' } });

    const { headers } = await send(`${state}/redis/silent`);
    const bulk = jsonOf(await post(`${state}/redis/bulk`, { keys: ['silent'] }));

    expect(headers['metadata.ttlexpiretime']).toBeUndefined();
    expect(bulk.body).toEqual([{ key: 'silent', data: 1, etag: '1' }]);
  });

  it('keeps a time to live over a write without one, and ends it by -1', async () => {
    await save(
      { key: 'inherited', value: 1, metadata: { ttlInSeconds: '1' } },
      { key: 'ended', value: 1, metadata: { ttlInSeconds: '1' } },
    );
    await save({ key: 'inherited', value: 2 }, { key: 'ended', value: 2, metadata: { ttlInSeconds: '-1' } });

    while ((await read('inherited')).status === 200);

    expect(await read('ended')).toEqual({ status: 200, etag: '2', body: '2' });
  });

  it('gives keys the time to live of the component', async () => {
    await post(`${state}/mortal`, [
      { key: 'by-component', value: 1 },
      { key: 'by-itself', value: 1, metadata: { ttlInSeconds: '100' } },
    ]);

    while ((await send(`${state}/mortal/by-component`)).status === 200);

    expect((await send(`${state}/mortal/by-itself`)).status).toBe(200);
  });

  it('refuses a time to live that is no number', async () => {
    const refused = await save({ key: 'endless', value: 1, metadata: { ttlInSeconds: 'x' } });

    expect(jsonOf(refused)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_SAVE',
        message:
          'failed saving state in state store redis: failed to parse ttl from metadata: strconv.ParseInt: parsing "x": invalid syntax',
      },
    });
  });

  it('keeps what the rest of a transaction did when one operation of it is refused', async () => {
    await save({ key: 'taken', value: 1 });

    const refused = await post(`${state}/redis/transaction`, {
      operations: [
        { operation: 'upsert', request: { key: 'before', value: 1 } },
        { operation: 'upsert', request: { key: 'taken', value: 2, etag: '55' } },
        { operation: 'upsert', request: { key: 'after', value: 1 } },
      ],
    });

    expect(jsonOf(refused)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_TRANSACTION',
        message: `error while executing state transaction: ${setRefused('taken')}`,
      },
    });
    expect([(await read('before')).body, (await read('taken')).body, (await read('after')).body]).toEqual([
      '1',
      '1',
      '1',
    ]);
  });

  it('does nothing of a transaction with an etag that is no number', async () => {
    const refused = await post(`${state}/redis/transaction`, {
      operations: [
        { operation: 'upsert', request: { key: 'undone', value: 1 } },
        { operation: 'upsert', request: { key: 'undone-too', value: 2, etag: 'abc' } },
      ],
    });

    expect(jsonOf(refused)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_TRANSACTION',
        message:
          'error while executing state transaction: invalid etag value: strconv.Atoi: parsing "abc": invalid syntax',
      },
    });
    expect((await read('undone')).status).toBe(204);
  });

  it('overlooks first-write and unknown options in a transaction', async () => {
    const upsert = (concurrency: string) => ({
      operations: [{ operation: 'upsert', request: { key: 'optional', value: 1, options: { concurrency } } }],
    });

    const statuses = [];
    for (const concurrency of ['first-write', 'first-write', 'no-such']) {
      statuses.push((await post(`${state}/redis/transaction`, upsert(concurrency))).status);
    }

    expect(statuses).toEqual([204, 204, 204]);
  });

  it('cannot be queried without the JSON module', async () => {
    const answer = await post(`${target.url(APP)}/v1.0-alpha1/state/redis/query`, {});

    expect(jsonOf(answer)).toMatchObject({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_QUERY',
        message: 'state store redis query failed: redis-json server support is required for query capability',
      },
    });
  });
});

describe('key prefixes', () => {
  const seenBy = async (url: string, key: string) => jsonOf(await send(`${url}/${encodeURIComponent(key)}`)).body;

  it('keeps the keys of apps apart unless told otherwise', async () => {
    await post(`${state}/redis`, [{ key: 'own', value: 'mine' }]);

    expect([await seenBy(`${state}/redis`, 'own'), await seenBy(`${others}/redis`, 'own')]).toEqual([
      'mine',
      undefined,
    ]);
  });

  it('shares the keys of a store by its name', async () => {
    await post(`${state}/by-name`, [{ key: 'shared', value: 1 }]);

    expect([await seenBy(`${others}/by-name`, 'shared'), await seenBy(`${others}/by-none`, 'shared')]).toEqual([
      1,
      undefined,
    ]);
  });

  it('shares the keys of a store without a prefix', async () => {
    await post(`${state}/by-none`, [{ key: 'bare', value: 1 }]);

    expect(await seenBy(`${others}/by-none`, 'bare')).toBe(1);
  });

  it('takes the app for the namespace where there is none', async () => {
    await post(`${state}/by-namespace`, [{ key: 'spaced', value: 1 }]);

    expect([await seenBy(`${state}/redis`, 'spaced'), await seenBy(`${others}/by-namespace`, 'spaced')]).toEqual([
      1,
      undefined,
    ]);
  });

  it('takes any other word for the prefix itself, in small letters', async () => {
    await post(`${state}/by-word`, [{ key: 'worded', value: 1 }]);

    expect(await seenBy(`${others}/by-word-too`, 'worded')).toBe(1);
  });

  it('keeps databases apart', async () => {
    await post(`${state}/by-none`, [{ key: 'in-0', value: 1 }]);

    expect(await seenBy(`${state}/database-1`, 'in-0')).toBeUndefined();
  });

  it('names keys in bulk as the app does', async () => {
    await post(`${state}/by-name`, [{ key: 'named', value: 1 }]);

    const bulk = jsonOf(await post(`${state}/by-name/bulk`, { keys: ['named', 'unnamed'] }));

    expect(bulk.body).toEqual([{ key: 'named', data: 1, etag: '1' }, { key: 'unnamed' }]);
  });
});
