import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

let target: Target;
let memory: string;

beforeAll(async () => {
  target = await startTarget({
    resources: [component('memory', 'state.in-memory')],
    apps: [{ id: 'transaction-app' }],
  });
  memory = `${target.url('transaction-app')}/v1.0/state/memory`;
});

afterAll(() => target.close());

const transact = (...operations: object[]) => post(`${memory}/transaction`, { operations });
const upsert = (request: object) => ({ operation: 'upsert', request });
const remove = (request: object) => ({ operation: 'delete', request });
const valueOf = async (key: string) => jsonOf(await send(`${memory}/${key}`)).body;

describe('a state transaction', () => {
  it('does all its operations, in their order', async () => {
    await post(memory, [{ key: 'removed', value: 1 }]);

    const answer = await transact(
      upsert({ key: 'made', value: { n: 1 } }),
      upsert({ key: 'made', value: { n: 2 } }),
      remove({ key: 'removed' }),
      remove({ key: 'never-there' }),
    );

    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
    expect([await valueOf('made'), await valueOf('removed')]).toEqual([{ n: 2 }, undefined]);
  });

  it('may be sent by PUT', async () => {
    const body = JSON.stringify({ operations: [upsert({ key: 'put', value: 1 })] });

    const { status } = await send(`${memory}/transaction`, { method: 'PUT', body });

    expect([status, await valueOf('put')]).toEqual([204, 1]);
  });

  it('does nothing when an etag does not match, and answers 500', async () => {
    const answer = await transact(
      upsert({ key: 'rolled-back', value: 1 }),
      upsert({ key: 'absent', value: 1, etag: 'x' }),
    );

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_TRANSACTION',
        message:
          'error while executing state transaction: possible etag mismatch. error from state store: state not exist or expired for key=transaction-app||absent',
      },
    });
    expect(await valueOf('rolled-back')).toBeUndefined();
  });

  it('takes the current etag', async () => {
    await post(memory, [{ key: 'etag', value: 1 }]);
    const { etag } = (await send(`${memory}/etag`)).headers;

    const answer = await transact(upsert({ key: 'etag', value: 2, etag }));

    expect([answer.status, await valueOf('etag')]).toEqual([204, 2]);
  });

  it('refuses a first write of a key that is there', async () => {
    const write = () => transact(upsert({ key: 'first', value: 1, options: { concurrency: 'first-write' } }));

    const first = await write();
    const second = await write();

    expect(first.status).toBe(204);
    expect(jsonOf(second)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_TRANSACTION',
        message:
          'error while executing state transaction: possible etag mismatch. error from state store: item already exists and no etag was passed',
      },
    });
  });

  it('gives keys a time to live, their own or that of the query, not that of its metadata', async () => {
    await transact(upsert({ key: 'own-ttl', value: 1, metadata: { ttlInSeconds: '100' } }));
    await post(`${memory}/transaction?metadata.ttlInSeconds=100`, {
      operations: [upsert({ key: 'query-ttl', value: 1 })],
    });
    await post(`${memory}/transaction`, {
      operations: [upsert({ key: 'no-ttl', value: 1 })],
      metadata: { ttlInSeconds: '100' },
    });

    const isMortal = async (key: string) => 'metadata.ttlexpiretime' in (await send(`${memory}/${key}`)).headers;

    expect([await isMortal('own-ttl'), await isMortal('query-ttl'), await isMortal('no-ttl')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each(['{}', 'null', '{"operations":[]}', '{"operations":null}', '{"unknown":1}'])(
    'has nothing to do for %s',
    async (body) => {
      expect((await post(`${memory}/transaction`, body)).status).toBe(204);
    },
  );

  it('knows upsert and delete, in small letters, and no other operation', async () => {
    const answer = await transact(upsert({ key: 'not-yet', value: 1 }), { operation: 'Upsert', request: { key: 'a' } });

    expect(jsonOf(answer)).toEqual({
      status: 400,
      body: { errorCode: 'ERR_NOT_SUPPORTED_STATE_OPERATION', message: 'operation type Upsert not supported' },
    });
    expect(await valueOf('not-yet')).toBeUndefined();
  });

  it.each([
    ['', 'EOF'],
    ['{"operations":[', 'unexpected EOF'],
    ['[]', 'json: cannot unmarshal array into Go value of type http.stateTransactionRequestBody'],
    [
      '{"operations":{}}',
      'json: cannot unmarshal object into Go struct field stateTransactionRequestBody.operations of type []http.stateTransactionRequestBodyOperation',
    ],
    [
      '{"operations":[{"operation":1}]}',
      'json: cannot unmarshal number into Go struct field stateTransactionRequestBodyOperation.operations.operation of type string',
    ],
    ['{"operations":[{"operation":"upsert","request":"x"}]}', "'' expected a map, got 'string'"],
    ['{"operations":[{"operation":"upsert","request":[]}]}', "'' expected a map, got 'slice'"],
    [
      '{"operations":[{"operation":"delete","request":{"key":{"a":[1,true]}}}]}',
      "1 error(s) decoding:\n\n* 'Key' expected type 'string', got unconvertible type 'map[string]interface {}', value: 'map[a:[1 true]]'",
    ],
    [
      '{"operations":[{"operation":"upsert","request":{"key":"a","etag":5,"metadata":{"ttlInSeconds":5},"options":{"concurrency":true}}}]}',
      "3 error(s) decoding:\n\n* 'ETag' expected type 'string', got unconvertible type 'float64', value: '5'\n* 'Metadata[ttlInSeconds]' expected type 'string', got unconvertible type 'float64', value: '5'\n* 'Options.Concurrency' expected type 'string', got unconvertible type 'bool', value: 'true'",
    ],
  ])('refuses the body %j', async (body, reason) => {
    expect(jsonOf(await post(`${memory}/transaction`, body))).toEqual({
      status: 400,
      body: { errorCode: 'ERR_MALFORMED_REQUEST', message: `failed deserializing HTTP body: ${reason}` },
    });
  });

  it.each([
    [{ options: { concurrency: 'no-such' } }, "unrecognized concurrency model 'no-such'"],
    [{ options: { consistency: 'no-such' } }, "unrecognized consistency model 'no-such'"],
    [{ metadata: { ttlInSeconds: 'x' } }, 'strconv.Atoi: parsing "x": invalid syntax'],
  ])('fails for %j', async (more, reason) => {
    const answer = await transact(upsert({ key: 'failing', value: 1, ...more }));

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: { errorCode: 'ERR_STATE_TRANSACTION', message: `error while executing state transaction: ${reason}` },
    });
  });

  it('does not look at the options of a deletion', async () => {
    expect((await transact(remove({ key: 'any', options: { concurrency: 'no-such' } }))).status).toBe(204);
  });
});
