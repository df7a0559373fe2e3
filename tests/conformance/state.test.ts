import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { startRedis } from './target/redis.ts';
import type { Redis } from './target/redis.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let redis: Redis;
let target: Target;
let state: string;

beforeAll(async () => {
  redis = await startRedis();
  target = await startTarget({
    resources: [
      component('memory', 'state.in-memory'),
      component('redis', 'state.redis', { redisHost: redis.host, redisPassword: redis.password }),
      component('other', 'state.in-memory'),
    ],
    apps: [{ id: 'state-app' }],
  });
  state = `${target.url('state-app')}/v1.0/state`;
});

afterAll(async () => {
  await target.close();
  await redis.close();
});

describe.each(['memory', 'redis'])('state in %s', (store) => {
  it('answers nothing when it has saved', async () => {
    const answer = await post(`${state}/${store}`, [{ key: 'saved', value: 1 }]);

    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
  });

  it('takes a save by PUT as well', async () => {
    await send(`${state}/${store}`, { method: 'PUT', body: JSON.stringify([{ key: 'put', value: 'by put' }]) });

    expect(jsonOf(await send(`${state}/${store}/put`))).toEqual({ status: 200, body: 'by put' });
  });

  it.each([
    ['an object', { b: [1, 'two', null], a: { nested: true } }],
    ['a text', 'a "text" with <tags>, é and\na line'],
    ['a number', 12.5],
    ['false', false],
    ['null', null],
    ['a list', [1, [2], {}]],
  ])('gives back %s as JSON', async (_, value) => {
    await post(`${state}/${store}`, [{ key: 'kept', value }]);

    const answer = await send(`${state}/${store}/kept`);

    expect({ ...jsonOf(answer), type: answer.headers['content-type'] }).toEqual({
      status: 200,
      body: value,
      type: 'application/json',
    });
  });

  it('keeps null for a value that is not there', async () => {
    await post(`${state}/${store}`, [{ key: 'no-value' }]);

    expect(jsonOf(await send(`${state}/${store}/no-value`))).toEqual({ status: 200, body: null });
  });

  it('answers 204 for a key that is not there', async () => {
    const answer = await send(`${state}/${store}/never-saved`);

    expect({ status: answer.status, body: answer.body, etag: answer.headers.etag }).toEqual({
      status: 204,
      body: '',
      etag: undefined,
    });
  });

  it('answers 204 to an empty list and to null', async () => {
    const statuses = [await post(`${state}/${store}`, '[]'), await post(`${state}/${store}`, 'null')].map(
      ({ status }) => status,
    );

    expect(statuses).toEqual([204, 204]);
  });

  it('reads the first JSON value of a body and no further', async () => {
    expect(await post(`${state}/${store}`, '[{"key":"first","value":1}] and more')).toMatchObject({ status: 204 });
  });

  it('finds the fields of a request in any case', async () => {
    await post(`${state}/${store}`, '[{"KEY":"cased","Value":"found"}]');

    expect(jsonOf(await send(`${state}/${store}/cased`))).toEqual({ status: 200, body: 'found' });
  });

  it('decodes a key of the path, a plus being a space', async () => {
    await post(`${state}/${store}`, [
      { key: 'a/b', value: 'slash' },
      { key: 'c d', value: 'space' },
    ]);

    const bodies = await Promise.all(
      ['a%2Fb', 'c%20d', 'c+d'].map(async (key) => jsonOf(await send(`${state}/${store}/${key}`)).body),
    );

    expect(bodies).toEqual(['slash', 'space', 'space']);
  });

  it('passes over empty path segments and a trailing slash', async () => {
    await post(`${state}//${store}/`, [{ key: 'clean', value: 1 }]);

    expect(jsonOf(await send(`${state}//${store}//clean/`))).toEqual({ status: 200, body: 1 });
  });

  it('deletes a key, and one that is not there', async () => {
    await post(`${state}/${store}`, [{ key: 'gone', value: 1 }]);

    const deleted = await send(`${state}/${store}/gone`, { method: 'DELETE' });
    const again = await send(`${state}/${store}/gone`, { method: 'DELETE' });

    expect([deleted.status, deleted.body, again.status]).toEqual([204, '', 204]);
    expect((await send(`${state}/${store}/gone`)).status).toBe(204);
  });

  it('gets many keys at once, in their order, of a missing one its key alone', async () => {
    await post(`${state}/${store}`, [
      { key: 'bulk-1', value: { n: 1 } },
      { key: 'bulk-2', value: '<two>' },
    ]);
    const [one, two] = await Promise.all(
      ['bulk-1', 'bulk-2'].map(async (key) => (await send(`${state}/${store}/${key}`)).headers.etag),
    );

    const answer = await post(`${state}/${store}/bulk`, { keys: ['bulk-2', 'missing', 'bulk-1'], parallelism: 2 });

    expect({ ...jsonOf(answer), type: answer.headers['content-type'] }).toEqual({
      status: 200,
      body: [
        { key: 'bulk-2', data: '<two>', etag: two },
        { key: 'missing' },
        { key: 'bulk-1', data: { n: 1 }, etag: one },
      ],
      type: 'application/json',
    });
  });

  it('gets nothing at once for no keys', async () => {
    const answers = [await post(`${state}/${store}/bulk`, '{}'), await post(`${state}/${store}/bulk`, { keys: [] })];

    expect(answers.map(jsonOf)).toEqual([
      { status: 200, body: [] },
      { status: 200, body: [] },
    ]);
  });

  it('takes a write with the current etag, and gives a new one', async () => {
    await post(`${state}/${store}`, [{ key: 'versioned', value: 1 }]);
    const first = (await send(`${state}/${store}/versioned`)).headers.etag;

    const written = await post(`${state}/${store}`, [{ key: 'versioned', value: 2, etag: first }]);
    const second = (await send(`${state}/${store}/versioned`)).headers.etag;

    expect({ status: written.status, isNew: second !== first }).toEqual({ status: 204, isNew: true });
  });

  it('refuses a write with an old etag, and keeps what was there', async () => {
    await post(`${state}/${store}`, [{ key: 'raced', value: 1 }]);
    const old = (await send(`${state}/${store}/raced`)).headers.etag;
    await post(`${state}/${store}`, [{ key: 'raced', value: 2 }]);

    const refused = await post(`${state}/${store}`, [{ key: 'raced', value: 3, etag: old }]);

    expect(jsonOf(refused)).toMatchObject({ status: 409, body: { errorCode: 'ERR_STATE_SAVE' } });
    expect(jsonOf(await send(`${state}/${store}/raced`)).body).toBe(2);
  });

  it('saves the rest of a list when one of it is refused', async () => {
    await post(`${state}/${store}`, [{ key: 'partly', value: 1 }]);

    const refused = await post(`${state}/${store}`, [
      { key: 'partly', value: 2, etag: '4711' },
      { key: 'partly-too', value: 2 },
    ]);

    expect(refused.status).toBe(409);
    expect(jsonOf(await send(`${state}/${store}/partly-too`)).body).toBe(2);
  });

  it('deletes by If-Match only what has that etag', async () => {
    await post(`${state}/${store}`, [{ key: 'matched', value: 1 }]);
    const etag = (await send(`${state}/${store}/matched`)).headers.etag;
    const deletion = { method: 'DELETE' };

    const refused = await send(`${state}/${store}/matched`, { ...deletion, headers: { 'if-match': '4711' } });
    const deleted = await send(`${state}/${store}/matched`, { ...deletion, headers: { 'if-match': etag } });

    expect(jsonOf(refused)).toMatchObject({ status: 409, body: { errorCode: 'ERR_STATE_DELETE' } });
    expect(deleted.status).toBe(204);
  });

  it('takes an empty If-Match for none', async () => {
    await post(`${state}/${store}`, [{ key: 'unmatched', value: 1 }]);

    const deleted = await send(`${state}/${store}/unmatched`, { method: 'DELETE', headers: { 'if-match': '' } });

    expect(deleted.status).toBe(204);
  });
});

describe('state in memory', () => {
  const memory = (path = '') => `${state}/memory${path}`;

  it('writes JSON as Go does: keys sorted, markup escaped', async () => {
    await post(memory(), '[{"key":"text","value":{"b":1.50,"a":"<é&>\\u2028"}}]');

    expect((await send(memory('/text'))).body).toBe('{"a":"\\u003cé\\u0026\\u003e\\u2028","b":1.5}');
  });

  it('has UUIDs for etags', async () => {
    await post(memory(), [{ key: 'etag', value: 1 }]);

    expect((await send(memory('/etag'))).headers.etag).toMatch(UUID);
  });

  it('says what an old etag was compared with', async () => {
    await post(memory(), [{ key: 'old-etag', value: 1 }]);
    const { etag } = (await send(memory('/old-etag'))).headers;

    const refused = await post(memory(), [{ key: 'old-etag', value: 2, etag: 'old' }]);
    const undeleted = await send(memory('/old-etag'), { method: 'DELETE', headers: { 'if-match': 'old' } });

    const reason = `possible etag mismatch. error from state store: state etag not match for key=state-app||old-etag: current=${etag}, expect=old`;
    expect([refused, undeleted].map(jsonOf)).toEqual([
      {
        status: 409,
        body: { errorCode: 'ERR_STATE_SAVE', message: `failed saving state in state store memory: ${reason}` },
      },
      {
        status: 409,
        body: { errorCode: 'ERR_STATE_DELETE', message: `failed deleting state with key old-etag: ${reason}` },
      },
    ]);
  });

  it('refuses an etag for a key that is not there', async () => {
    const reason =
      'possible etag mismatch. error from state store: state not exist or expired for key=state-app||nowhere';

    const refused = await post(memory(), [{ key: 'nowhere', value: 2, etag: 'any' }]);
    const undeleted = await send(memory('/nowhere'), { method: 'DELETE', headers: { 'if-match': 'any' } });

    expect([refused, undeleted].map(jsonOf)).toEqual([
      {
        status: 409,
        body: { errorCode: 'ERR_STATE_SAVE', message: `failed saving state in state store memory: ${reason}` },
      },
      {
        status: 409,
        body: { errorCode: 'ERR_STATE_DELETE', message: `failed deleting state with key nowhere: ${reason}` },
      },
    ]);
  });

  it('compares an etag even for last-write', async () => {
    await post(memory(), [{ key: 'last', value: 1 }]);

    const refused = await post(memory(), [
      { key: 'last', value: 2, etag: 'old', options: { concurrency: 'last-write' } },
    ]);

    expect(refused.status).toBe(409);
  });

  it('takes a first write without an etag, and no second one', async () => {
    const write = () => post(memory(), [{ key: 'once', value: 1, options: { concurrency: 'first-write' } }]);

    const first = await write();
    const second = await write();

    expect(first.status).toBe(204);
    expect(jsonOf(second)).toEqual({
      status: 409,
      body: {
        errorCode: 'ERR_STATE_SAVE',
        message:
          'failed saving state in state store memory: possible etag mismatch. error from state store: item already exists and no etag was passed',
      },
    });
  });

  it('deletes as first-write only with an etag', async () => {
    await post(memory(), [{ key: 'first-delete', value: 1 }]);

    const refused = await send(memory('/first-delete?concurrency=first-write'), { method: 'DELETE' });

    expect(refused.status).toBe(409);
  });

  it('names etag mismatches of a list twice', async () => {
    const refused = await post(memory(), [
      { key: 'list-1', value: 2, etag: 'x' },
      { key: 'list-2', value: 2 },
    ]);

    expect(jsonOf(refused).body).toEqual({
      errorCode: 'ERR_STATE_SAVE',
      message:
        'failed saving state in state store memory: possible etag mismatch. error from state store: possible etag mismatch. error from state store: state not exist or expired for key=state-app||list-1',
    });
  });

  it('tells when a key with a time to live expires, alone and in bulk', async () => {
    const before = Date.now();
    await post(memory(), [{ key: 'mortal', value: 1, metadata: { ttlInSeconds: '100' } }]);

    const alone = await send(memory('/mortal'));
    const bulk = jsonOf(await post(memory('/bulk'), { keys: ['mortal'] }));

    const expiry = String(alone.headers['metadata.ttlexpiretime']);
    expect(bulk.body).toEqual([
      { key: 'mortal', data: 1, etag: alone.headers.etag, metadata: { ttlExpireTime: expiry } },
    ]);
    expect(expiry).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const inSeconds = (Date.parse(expiry) - before) / 1000;
    expect(Math.abs(inSeconds - 100)).toBeLessThanOrEqual(2);
  });

  it('takes the time to live of the query, before that of the value', async () => {
    await post(memory('?metadata.ttlInSeconds=5000'), [{ key: 'by-query', value: 1, metadata: { ttlInSeconds: '5' } }]);

    const expiry = String((await send(memory('/by-query'))).headers['metadata.ttlexpiretime']);

    expect(Date.parse(expiry) - Date.now()).toBeGreaterThan(4_000_000);
  });

  it('forgets a key when its time is over', async () => {
    await post(memory(), [{ key: 'brief', value: 1, metadata: { ttlInSeconds: '1' } }]);
    const started = Date.now();

    while ((await send(memory('/brief'))).status === 200);

    expect(Date.now() - started).toBeGreaterThan(500);
  });

  it.each([{}, { ttlInSeconds: '-1' }, { ttlInSeconds: '0' }, { ttlInSeconds: '' }])(
    'ends a time to live by a write with %j',
    async (metadata) => {
      await post(memory(), [{ key: 'immortal', value: 1, metadata: { ttlInSeconds: '100' } }]);

      await post(memory(), [{ key: 'immortal', value: 2, metadata }]);

      expect((await send(memory('/immortal'))).headers['metadata.ttlexpiretime']).toBeUndefined();
    },
  );

  it('keeps the stores of an app apart', async () => {
    await post(memory(), [{ key: 'mine', value: 1 }]);

    expect((await send(`${state}/other/mine`)).status).toBe(204);
  });
});
