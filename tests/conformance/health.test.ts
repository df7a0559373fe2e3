import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import { eventually } from './target/eventually.ts';
import { freePorts } from './target/free-ports.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'health-app';
const WAITING = 'health-waiting';
const BARE = 'health-bare';

let app: TestApp;
let waitingPort: number;
let target: Target;

const health = async (id: string, path = '') => send(`${target.url(id)}/v1.0/healthz${path}`);

beforeAll(async () => {
  [waitingPort = 0] = await freePorts(1);
  app = await startApp();
  target = await startTarget({
    resources: [
      component('memory', 'state.in-memory'),
      component('pubsub', 'pubsub.in-memory', {}, { scopes: [WAITING] }),
    ],
    apps: [{ id: APP, appPort: app.port }, { id: WAITING, appPort: waitingPort, startsWithoutApp: true }, { id: BARE }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

describe('the health of a sidecar', () => {
  it('is said by an empty answer, without a trace', async () => {
    const { status, body, headers } = await health(APP);

    expect({ status, body, traceparent: headers['traceparent'] }).toEqual({
      status: 204,
      body: '',
      traceparent: undefined,
    });
  });

  it('is good without an app, where there is none', async () => {
    expect((await health(BARE)).status).toBe(204);
  });

  it('is that of an app which is asked for by its id', async () => {
    const answers = [
      await health(APP, `?appid=${APP}`),
      await health(APP, '?appid=other'),
      await health(APP, '?appid='),
    ];

    const mismatch = {
      status: 500,
      body: { errorCode: 'ERR_HEALTH_APPID_NOT_MATCH', message: 'dapr app-id does not match' },
    };
    expect(answers.map(jsonOf)).toEqual([{ status: 204, body: undefined }, mismatch, mismatch]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('is not asked for by %s', async (method) => {
    expect((await send(`${target.url(APP)}/v1.0/healthz`, { method })).status).toBe(404);
  });

  it('waits for the app, and that of its way out does not', async () => {
    const before = [await health(WAITING), await health(WAITING, '/outbound')];
    const saved = await send(`${target.url(WAITING)}/v1.0/state/memory`, { method: 'POST', body: '[]' });
    const late = await startApp({}, waitingPort);
    await eventually(async () => {
      const { status } = await health(WAITING);
      if (status !== 204) throw new Error(`still ${status}`);
    });
    await late.close();

    expect(jsonOf(before[0]!)).toEqual({
      status: 500,
      body: { errorCode: 'ERR_HEALTH_NOT_READY', message: 'dapr is not ready: [runtime]' },
    });
    expect([before[1]!.status, saved.status, late.at('/dapr/subscribe').length]).toEqual([204, 204, 1]);
  });

  it('does not ask for subscriptions where there is no pub/sub', () => {
    expect(app.received.map(({ method, target: to }) => `${method} ${to}`)).toEqual(['GET /dapr/config']);
  });

  it('stays good when the app goes', async () => {
    expect([(await health(WAITING)).status, (await health(WAITING, '/outbound')).status]).toEqual([204, 204]);
  });
});
