import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, post, send } from './target/client.ts';
import { badRequest, errorInfo, resourceInfo } from './target/errors.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const APP = 'state-errors-app';
const BARE = 'state-errors-bare';

let target: Target;

beforeAll(async () => {
  target = await startTarget({
    resources: [component('memory', 'state.in-memory', {}, { scopes: [APP] })],
    apps: [{ id: APP }, { id: BARE }],
  });
});

afterAll(() => target.close());

const calls = (base: string, store: string) => [
  send(`${base}/v1.0/state/${store}/key`),
  post(`${base}/v1.0/state/${store}`, []),
  post(`${base}/v1.0/state/${store}/bulk`, {}),
  post(`${base}/v1.0/state/${store}/transaction`, {}),
  send(`${base}/v1.0/state/${store}/key`, { method: 'DELETE' }),
];

describe('errors of the state API', () => {
  it('says 400 that a store is not there', async () => {
    const answers = await Promise.all(calls(target.url(APP), 'nowhere'));

    const error = {
      status: 400,
      body: {
        errorCode: 'ERR_STATE_STORE_NOT_FOUND',
        message: 'state store nowhere is not found',
        details: [errorInfo('DAPR_STATE_NOT_FOUND', { appID: APP })],
      },
    };
    expect(answers.map(jsonOf)).toEqual([error, error, error, error, error]);
  });

  it('says 500 that there are no stores', async () => {
    const answers = await Promise.all(calls(target.url(BARE), 'memory'));

    const error = {
      status: 500,
      body: {
        errorCode: 'ERR_STATE_STORE_NOT_CONFIGURED',
        message: 'state store memory is not configured',
        details: [errorInfo('DAPR_STATE_NOT_CONFIGURED', { appID: BARE })],
      },
    };
    expect(answers.map(jsonOf)).toEqual([error, error, error, error, error]);
  });

  it('does not name the app when a query finds no store', async () => {
    const answers = [
      await post(`${target.url(APP)}/v1.0-alpha1/state/nowhere/query`, {}),
      await post(`${target.url(BARE)}/v1.0-alpha1/state/memory/query`, {}),
    ];

    expect(answers.map((answer) => jsonOf(answer).body)).toMatchObject([
      { details: [errorInfo('DAPR_STATE_NOT_FOUND', null)] },
      { details: [errorInfo('DAPR_STATE_NOT_CONFIGURED', null)] },
    ]);
  });

  it('says 500 that a store cannot be queried', async () => {
    const answer = await post(`${target.url(APP)}/v1.0-alpha1/state/memory/query`, '{"filter":{}}');

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_STORE_NOT_SUPPORTED',
        message: 'state store does not support querying',
        details: [resourceInfo('state', 'memory'), errorInfo('DAPR_STATE_QUERYING_NOT_SUPPORTED', null)],
      },
    });
  });

  describe('for a key with || in it', () => {
    const description = "api error: code = InvalidArgument desc = input key/keyPrefix 'a||b' can't contain '||'";
    const error = (violation: { field?: string }) => ({
      status: 400,
      body: {
        errorCode: 'ERR_MALFORMED_REQUEST',
        message: description,
        details: [
          badRequest({ ...violation, description }),
          resourceInfo('state', 'memory'),
          errorInfo('DAPR_STATE_ILLEGAL_KEY', null),
        ],
      },
    });

    it('names the key', async () => {
      const base = `${target.url(APP)}/v1.0/state/memory`;

      const answers = [
        await send(`${base}/a%7C%7Cb`),
        await send(`${base}/a%7C%7Cb`, { method: 'DELETE' }),
        await post(base, [{ key: 'a||b', value: 1 }]),
        await post(`${base}/bulk`, { keys: ['fine', 'a||b'] }),
      ];

      const named = error({ field: 'a||b' });
      expect(answers.map(jsonOf)).toEqual([named, named, named, named]);
    });

    it('forgets the key in a transaction', async () => {
      const base = `${target.url(APP)}/v1.0/state/memory/transaction`;

      const answer = await post(base, { operations: [{ operation: 'delete', request: { key: 'a||b' } }] });

      expect(jsonOf(answer)).toEqual(error({}));
    });
  });

  it.each([
    ['', 'EOF'],
    ['{', 'unexpected EOF'],
    ['nul', 'unexpected EOF'],
    ['[{"key":"a","value":"é]', 'unexpected EOF'],
    ['{}', 'json: cannot unmarshal object into Go value of type []state.SetRequest'],
    ['"x"', 'json: cannot unmarshal string into Go value of type []state.SetRequest'],
    ['[1]', 'json: cannot unmarshal number into Go value of type state.SetRequest'],
    ['[{}]', '"key" is a required field'],
    ['[null]', '"key" is a required field'],
    ['[{"key":""}]', '"key" is a required field'],
    ['[{"key":1}]', 'json: cannot unmarshal number into Go struct field SetRequest.key of type string'],
    ['[{"key":true}]', 'json: cannot unmarshal bool into Go struct field SetRequest.key of type string'],
    ['[{"key":["a"]}]', 'json: cannot unmarshal array into Go struct field SetRequest.key of type string'],
    ['[{"key":"a","etag":5}]', 'json: cannot unmarshal number into Go struct field SetRequest.etag of type string'],
    [
      '[{"key":"a","metadata":{"ttlInSeconds":5}}]',
      'json: cannot unmarshal number into Go struct field SetRequest.metadata of type string',
    ],
    [
      '[{"key":"a","metadata":[]}]',
      'json: cannot unmarshal array into Go struct field SetRequest.metadata of type map[string]string',
    ],
    [
      '[{"key":"a","options":5}]',
      'json: cannot unmarshal number into Go struct field SetRequest.options of type state.SetStateOption',
    ],
    [
      '[{"key":"a","options":{"concurrency":5}}]',
      'json: cannot unmarshal number into Go struct field SetStateOption.options.Concurrency of type string',
    ],
    ['[{"key":"a","value":1},]', "invalid character ']' looking for beginning of value"],
    ['[{"key":"a" "b":1}]', "invalid character '\"' after object key:value pair"],
    ['[{"key" 1}]', "invalid character '1' after object key"],
    ['[{key:1}]', "invalid character 'k' looking for beginning of object key string"],
    ['[""a]', "invalid character 'a' after array element"],
    ['["\\x"]', "invalid character 'x' in string escape code"],
    ['["\\u00g0"]', "invalid character 'g' in \\u hexadecimal character escape"],
    ['["a\nb"]', "invalid character '\\n' in string literal"],
    ['[1.x]', "invalid character 'x' after decimal point in numeric literal"],
    ['[-a]', "invalid character 'a' in numeric literal"],
    ['[1e]', "invalid character ']' in exponent of numeric literal"],
    ['[01]', "invalid character '1' after array element"],
    ['tru e', "invalid character ' ' in literal true (expecting 'e')"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
  ])('refuses to save %j', async (body, message) => {
    expect(jsonOf(await post(`${target.url(APP)}/v1.0/state/memory`, body))).toEqual({
      status: 400,
      body: { errorCode: 'ERR_MALFORMED_REQUEST', message },
    });
  });

  it.each([
    ['', 'EOF'],
    ['[]', 'json: cannot unmarshal array into Go value of type http.BulkGetRequest'],
    ['{"keys":"x"}', 'json: cannot unmarshal string into Go struct field BulkGetRequest.keys of type []string'],
    ['{"keys":[1]}', 'json: cannot unmarshal number into Go struct field BulkGetRequest.keys of type string'],
    [
      '{"parallelism":1.5}',
      'json: cannot unmarshal number 1.5 into Go struct field BulkGetRequest.parallelism of type int',
    ],
  ])('refuses to get %j', async (body, reason) => {
    expect(jsonOf(await post(`${target.url(APP)}/v1.0/state/memory/bulk`, body))).toEqual({
      status: 400,
      body: { errorCode: 'ERR_MALFORMED_REQUEST', message: `failed deserializing HTTP body: ${reason}` },
    });
  });

  it.each([
    [{ options: { concurrency: 'no-such' } }, "unrecognized concurrency model 'no-such'"],
    [{ options: { consistency: 'no-such' } }, "unrecognized consistency model 'no-such'"],
    [{ metadata: { ttlInSeconds: 'x' } }, 'strconv.Atoi: parsing "x": invalid syntax'],
    [{ metadata: { ttlInSeconds: '1.5' } }, 'strconv.Atoi: parsing "1.5": invalid syntax'],
    [
      { metadata: { ttlInSeconds: '99999999999999999999' } },
      'strconv.Atoi: parsing "99999999999999999999": value out of range',
    ],
  ])('fails to save with %j', async (more, reason) => {
    const answer = await post(`${target.url(APP)}/v1.0/state/memory`, [{ key: 'a', value: 1, ...more }]);

    expect(jsonOf(answer)).toEqual({
      status: 500,
      body: { errorCode: 'ERR_STATE_SAVE', message: `failed saving state in state store memory: ${reason}` },
    });
  });

  it('fails to delete with unknown options', async () => {
    const url = `${target.url(APP)}/v1.0/state/memory/a?concurrency=no-such`;

    expect(jsonOf(await send(url, { method: 'DELETE' }))).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_STATE_DELETE',
        message: "failed deleting state with key a: unrecognized concurrency model 'no-such'",
      },
    });
  });

  it('reads whatever the consistency', async () => {
    expect((await send(`${target.url(APP)}/v1.0/state/memory/never?consistency=no-such`)).status).toBe(204);
  });

  it('refuses a bulk whose only mistakes are etags and others with the etag', async () => {
    const answer = await post(`${target.url(APP)}/v1.0/state/memory`, [
      { key: 'mixed-1', value: 1, metadata: { ttlInSeconds: 'x' } },
      { key: 'mixed-2', value: 1, etag: 'x' },
    ]);

    expect(jsonOf(answer)).toEqual({
      status: 409,
      body: {
        errorCode: 'ERR_STATE_SAVE',
        message: `failed saving state in state store memory: possible etag mismatch. error from state store: state not exist or expired for key=${APP}||mixed-2`,
      },
    });
  });

  it.each([
    ['GET', '/v1.0/state/memory'],
    ['DELETE', '/v1.0/state/memory'],
    ['PATCH', '/v1.0/state/memory'],
    ['POST', '/v1.0/state/memory/a/b'],
    ['GET', '/v1.0/state/memory/a/b'],
    ['GET', '/v1.0-alpha1/state/memory/query'],
  ])('knows no %s %s', async (method, path) => {
    expect(jsonOf(await send(`${target.url(APP)}${path}`, { method }))).toEqual({
      status: 404,
      body: {
        errorCode: 'ERR_DIRECT_INVOKE',
        message: 'failed getting app id either from the URL path or the header dapr-app-id',
      },
    });
  });
});
