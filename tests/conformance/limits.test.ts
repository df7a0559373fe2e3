import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tmpdir } from 'node:os';
import { jsonOf, post, send } from './target/client.ts';
import { errorInfo, resourceInfo } from './target/errors.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const APP = 'limits-app';
const LARGEST = 4 * 1024 * 1024;
const TOO_LARGE = LARGEST + 1000;

let target: Target;
let url: string;

beforeAll(async () => {
  target = await startTarget({
    resources: [
      component('memory', 'state.in-memory'),
      component('pubsub', 'pubsub.in-memory'),
      component('files', 'bindings.localstorage', { rootPath: tmpdir() }),
    ],
    apps: [{ id: APP }],
  });
  url = `${target.url(APP)}/v1.0`;
});

afterAll(() => target.close());

/** A JSON text of a length in bytes, in which `%` is filled up. */
const filled = (json: string, length: number) => json.replace('%', 'x'.repeat(length - json.length + 1));

describe('a body of 4 MiB', () => {
  it('is taken', async () => {
    expect([
      (await post(`${url}/state/memory`, filled('[{"key":"large","value":"%"}]', LARGEST))).status,
      (await post(`${url}/publish/pubsub/topic`, filled('"%"', LARGEST))).status,
    ]).toEqual([204, 204]);
    expect((await send(`${url}/state/memory/large`)).body.length).toBeGreaterThan(LARGEST - 100);
  });
});

describe('a larger body', () => {
  it('cannot be saved', async () => {
    expect(jsonOf(await post(`${url}/state/memory`, filled('[{"key":"large","value":"%"}]', TOO_LARGE)))).toEqual({
      status: 400,
      body: { errorCode: 'ERR_MALFORMED_REQUEST', message: 'stream too large' },
    });
  });

  it('cannot be published', async () => {
    const message = 'error when publishing to topic topic in pubsub pubsub: stream too large';

    expect(jsonOf(await post(`${url}/publish/pubsub/topic`, filled('"%"', TOO_LARGE)))).toEqual({
      status: 500,
      body: {
        errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE',
        message,
        details: [
          resourceInfo('pubsub', 'pubsub', message),
          errorInfo('DAPR_PUBSUB_PUBLISH_MESSAGE', { topic: 'topic', error: 'stream too large' }),
        ],
      },
    });
  });

  it('cannot be given to a binding', async () => {
    const body = filled('{"operation":"create","data":"%"}', TOO_LARGE);

    expect(jsonOf(await post(`${url}/bindings/files`, body))).toEqual({
      status: 400,
      body: {
        errorCode: 'ERR_MALFORMED_REQUEST',
        message: 'failed deserializing HTTP body: stream too large',
      },
    });
  });
});

describe('headers', () => {
  it('may be of 4 KiB and some more', async () => {
    expect((await send(`${url}/state/memory/none`, { headers: { 'x-long': 'x'.repeat(7000) } })).status).toBe(204);
  });

  it('may not be of more than 8 KiB', async () => {
    expect((await send(`${url}/state/memory/none`, { headers: { 'x-long': 'x'.repeat(9000) } })).status).toBe(431);
  });
});
