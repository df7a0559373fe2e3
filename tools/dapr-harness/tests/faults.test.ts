import { describe, expect, it } from '@jest/globals';
import { publish, send } from './support/http.ts';
import { rabbit, resiliency } from './support/resources.ts';
import { useScope } from './support/scope.ts';

const scope = useScope();
const subscription = [{ pubsubname: 'pubsub', topic: 'orders', route: '/orders', deadLetterTopic: 'dead' }];

async function startPair() {
  const app = await scope.app(subscription, { '/ping': () => ({ body: 'pong' }) });
  const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }, { id: 'gateway' }] });
  await harness.sidecar('post').connectApp(app.port);
  return { app, harness, gateway: harness.sidecar('gateway').url };
}

describe('faults', () => {
  it('answers an invocation with a status until the fault is undone', async () => {
    const { harness, gateway, app } = await startPair();
    const undo = harness.faults.fail(
      { on: 'invocation', app: 'post', path: '/ping' },
      { status: 503, message: 'away' },
    );

    const failed = await send('GET', `${gateway}/v1.0/invoke/post/method/ping`);
    undo();
    const good = await send('GET', `${gateway}/v1.0/invoke/post/method/ping`);

    expect([failed.status, good.status]).toEqual([503, 200]);
    expect(good.body).toBe('pong');
    expect(app.received.map(({ url }) => url)).toEqual(['/ping']);
  });

  it('breaks an invocation off as a network would', async () => {
    const { harness, gateway } = await startPair();
    harness.faults.fail({ on: 'invocation', caller: 'gateway', times: 1 });

    const failed = await send('GET', `${gateway}/v1.0/invoke/post/method/ping`);
    const good = await send('GET', `${gateway}/v1.0/invoke/post/method/ping`);

    expect([failed.status, good.status]).toEqual([500, 200]);
    expect(failed.body).toEqual({
      errorCode: 'ERR_DIRECT_INVOKE',
      message: 'failed to invoke, id: post, err: rpc error: code = Unavailable desc = injected fault',
    });
  });

  it('delays an invocation past its timeout', async () => {
    const policies = { timeouts: { short: '20ms' } };
    const resources = [resiliency({ policies, targets: { apps: { post: { timeout: 'short' } } } })];
    const app = await scope.app();
    const harness = await scope.harness({ resources, apps: [{ id: 'post' }, { id: 'gateway' }] });
    await harness.sidecar('post').connectApp(app.port);
    harness.faults.delay({ on: 'invocation', app: 'post' }, 10_000);

    const answer = await send('GET', `${harness.sidecar('gateway').url}/v1.0/invoke/post/method/ping`);

    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      errorCode: 'ERR_DIRECT_INVOKE',
      message: 'failed to invoke, id: post, err: context deadline exceeded',
    });
    expect(app.received).toEqual([]);
  });

  it('lets a broker refuse a message', async () => {
    const { harness, gateway } = await startPair();
    harness.faults.fail({ on: 'publish', topic: /^ord/, times: 1 }, { message: 'broker is away' });

    const refused = await send('POST', `${gateway}/v1.0/publish/pubsub/orders`, { n: 1 });
    await publish(gateway, 'orders', { n: 2 });

    expect(refused.status).toBe(500);
    expect(refused.body).toEqual(
      expect.objectContaining({
        errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE',
        message: 'error when publishing to topic orders in pubsub pubsub: broker is away',
      }),
    );
    expect(harness.published().map(({ data }) => data)).toEqual([{ n: 2 }]);
  });

  it('delivers an event twice', async () => {
    const { harness, gateway, app } = await startPair();
    harness.faults.duplicate({ on: 'delivery', app: 'post', topic: 'orders', times: 1 });

    await publish(gateway, 'orders', { n: 1 });
    await harness.settled();

    const [first, second, ...rest] = app.events('/orders');
    expect(second).toEqual(first);
    expect(rest).toEqual([]);
  });

  it('delivers events in the reverse order', async () => {
    const { harness, gateway, app } = await startPair();
    harness.faults.reorder({ on: 'delivery', topic: 'orders' }, 3);

    for (const n of [1, 2, 3]) await publish(gateway, 'orders', n);
    await harness.settled();

    expect(app.events('/orders').map(({ data }) => data)).toEqual([3, 2, 1]);
  });

  it('lets deliveries of one type fail', async () => {
    const { harness, gateway, app } = await startPair();
    harness.faults.fail({ on: 'delivery', type: 'Bad' });

    await publish(gateway, 'orders', 1, '?metadata.cloudevent.type=Bad');
    await publish(gateway, 'orders', 2, '?metadata.cloudevent.type=Good');
    await harness.settled();

    expect(app.events('/orders').map(({ data }) => data)).toEqual([2]);
    expect(harness.deadLetters({ type: 'Bad' }).map(({ envelope }) => envelope['data'])).toEqual([1]);
  });

  it('stops a sidecar and starts it again on its port', async () => {
    const { harness, gateway } = await startPair();
    const { port } = harness.sidecar('post');

    const restart = await harness.faults.stop('post');
    const invoked = send('GET', `${gateway}/v1.0/invoke/post/method/ping`);
    await expect(fetch(`http://127.0.0.1:${port}/v1.0/healthz`)).rejects.toThrow();
    await restart();

    expect(harness.sidecar('post').port).toBe(port);
    expect((await invoked).status).toBe(200);
  });

  it('strikes the state store until all faults are cleared', async () => {
    const store = { kind: 'Component', metadata: { name: 'state' }, spec: { type: 'state.in-memory', version: 'v1' } };
    const harness = await scope.harness({ resources: [store], apps: [{ id: 'post' }] });
    const key = `${harness.sidecar('post').url}/v1.0/state/state/k`;
    harness.faults.fail({ on: 'state', app: 'post', method: 'GET' }, { status: 500, message: 'away' });

    const failed = await send('GET', key);
    harness.faults.clear();
    const good = await send('GET', key);

    expect(failed.body).toEqual({ errorCode: 'ERR_INJECTED_FAULT', message: 'away' });
    expect([failed.status, good.status]).toEqual([500, 204]);
  });
});
