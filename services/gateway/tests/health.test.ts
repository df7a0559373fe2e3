import { expect, it } from '@jest/globals';
import { APPS } from '../src/domain/route-table.ts';
import { echoes, gatewayOf, refuse } from './gateway-under-test.ts';

let isLikeReady = true;
const gateway = gatewayOf({
  apps: {
    ...echoes,
    like: (_request, response) => {
      if (isLikeReady) response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ready"}');
      else refuse(response, 503, 'not_ready');
    },
  },
});

const parts = (like: object) => ({
  service: { ok: true },
  sidecar: { ok: true },
  ...Object.fromEntries(APPS.map((app) => [app, { ok: true }])),
  like,
});

it('is alive', async () => {
  const { status, json } = await gateway.ask('/healthz');

  expect([status, json()]).toEqual([200, { status: 'alive' }]);
});

it('is ready when every part is, by name', async () => {
  const { status, json } = await gateway.ask('/readyz/');

  expect([status, json()]).toEqual([200, { status: 'ready', parts: parts({ ok: true }) }]);
});

it('is not ready when one service is not', async () => {
  isLikeReady = false;
  const { status, json } = await gateway.ask('/readyz');
  isLikeReady = true;

  expect([status, json()]).toEqual([
    503,
    { status: 'not_ready', parts: parts({ ok: false, detail: 'A service is away at the moment.' }) },
  ]);
});

it('is not ready when one service is away', async () => {
  const undo = await gateway.built.harness.faults.stop('like');
  const { status, json } = await gateway.ask('/readyz');
  await undo();

  expect([status, json()]).toEqual([
    503,
    { status: 'not_ready', parts: parts({ ok: false, detail: expect.any(String) }) },
  ]);
});

it('counts requests by the route that they take, not by their path', async () => {
  await gateway.ask('/api/posts/66f2a1b0c3d4e5f60718293a');
  const { status, headers, text } = await gateway.ask('/metrics');

  expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(text).toMatch(
    /http_request_duration_seconds_count\{service="gateway",method="GET",route="\/api\/posts",status="200"\} \d/,
  );
  expect(text).not.toContain('66f2a1b0');
});
