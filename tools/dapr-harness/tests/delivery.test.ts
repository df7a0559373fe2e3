import { describe, expect, it } from '@jest/globals';
import { publish, send } from './support/http.ts';
import { rabbit, resiliency } from './support/resources.ts';
import { useScope } from './support/scope.ts';
import { until } from './support/until.ts';

const scope = useScope();

describe('delivery', () => {
  it('gives each consumer its own copy and lets replicas of one compete', async () => {
    const subscription = [{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }];
    const post = await scope.app(subscription);
    const like = [await scope.app(subscription), await scope.app(subscription)] as const;
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }, { id: 'like' }] });
    const replica = await harness.addApp({ id: 'like' });
    await harness.sidecar('post').connectApp(post.port);
    await harness.sidecar('like').connectApp(like[0].port);
    await replica.connectApp(like[1].port);

    for (let n = 0; n < 10; n++) await publish(harness.sidecar('post').url, 'orders', { n });
    await harness.settled();

    const numbers = (app: typeof post) => app.events('/orders').map(({ data }) => (data as { n: number }).n);
    const all = Array.from({ length: 10 }, (_, n) => n);
    expect(numbers(post)).toEqual(all);
    expect([...numbers(like[0]), ...numbers(like[1])].sort()).toEqual(all);
    expect(numbers(like[0])).toHaveLength(5);
  });

  it('gives every replica every event through a component with a consumer id of its own', async () => {
    const subscription = [{ pubsubname: 'broadcast', topic: 'chat', route: '/chat' }];
    const replicas = [await scope.app(subscription), await scope.app(subscription)] as const;
    const broadcast = rabbit('broadcast', { consumerID: '{uuid}', deletedWhenUnused: 'false' });
    const harness = await scope.harness({ resources: [rabbit('pubsub'), broadcast], apps: [{ id: 'realtime' }] });
    const second = await harness.addApp({ id: 'realtime' });
    await harness.sidecar('realtime').connectApp(replicas[0].port);
    await second.connectApp(replicas[1].port);

    await publish(second.url, 'chat', { text: 'hi' });
    await harness.settled();

    expect(replicas.map((app) => app.events('/chat').map(({ data }) => data))).toEqual([
      [{ text: 'hi' }],
      [{ text: 'hi' }],
    ]);
    expect(harness.queues()).toHaveLength(2);
    await second.disconnectApp();
    expect(harness.queues()).toHaveLength(1);
  });

  it('loses what is published to a topic without a queue, and keeps it where one was declared ahead', async () => {
    const app = await scope.app([
      { pubsubname: 'pubsub', topic: 'known', route: '/known' },
      { pubsubname: 'pubsub', topic: 'unknown', route: '/unknown' },
    ]);
    const queues = [{ pubsub: 'pubsub', topic: 'known', consumerId: 'post' }];
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }], queues });
    const { url, connectApp } = harness.sidecar('post');

    await publish(url, 'known', 1);
    await publish(url, 'unknown', 2);
    await connectApp(app.port);
    await harness.settled();

    expect(app.events('/known').map(({ data }) => data)).toEqual([1]);
    expect(app.events('/unknown')).toEqual([]);
  });

  it('tries again as the inbound policy says and then turns to the dead letters', async () => {
    const dead = { pubsubname: 'pubsub', topic: 'orders-dead', route: '/dead' };
    const app = await scope.app(
      [{ pubsubname: 'pubsub', topic: 'orders', route: '/orders', deadLetterTopic: 'orders-dead' }, dead],
      {
        '/orders': () => ({ status: 503 }),
      },
    );
    const policies = { retries: { twice: { policy: 'constant', duration: '1ms', maxRetries: 2 } } };
    const targets = { components: { pubsub: { inbound: { retry: 'twice' } } } };
    const resources = [rabbit('pubsub'), resiliency({ policies, targets })];
    const harness = await scope.harness({ resources, apps: [{ id: 'post' }] });
    await harness.sidecar('post').connectApp(app.port);

    await publish(harness.sidecar('post').url, 'orders', { n: 1 }, '?metadata.cloudevent.id=e1');
    await harness.settled();

    expect(app.events('/orders')).toHaveLength(3);
    expect(app.events('/dead')).toEqual([expect.objectContaining({ id: 'e1', topic: 'orders', data: { n: 1 } })]);
    expect(harness.deadLetters({ topic: 'orders' })).toEqual([
      {
        pubsub: 'pubsub',
        topic: 'orders',
        deadLetterTopic: 'orders-dead',
        appId: 'post',
        envelope: expect.objectContaining({ id: 'e1' }),
      },
    ]);
  });

  it('works on as many messages at once as are prefetched', async () => {
    let open = 0;
    let most = 0;
    const gate = Promise.withResolvers<undefined>();
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }], {
      '/orders': async () => {
        most = Math.max(most, ++open);
        await gate.promise;
        open--;
        return undefined;
      },
    });
    const harness = await scope.harness({
      resources: [rabbit('pubsub', { prefetchCount: '3' })],
      apps: [{ id: 'post' }],
    });
    await harness.sidecar('post').connectApp(app.port);

    for (let n = 0; n < 8; n++) await publish(harness.sidecar('post').url, 'orders', n);
    await until(() => open === 3);
    gate.resolve(undefined);
    await harness.settled();

    expect(most).toBe(3);
    expect(app.events('/orders')).toHaveLength(8);
  });

  it('puts what failed back where the component asks for it', async () => {
    let failures = 2;
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }], {
      '/orders': () => ({ status: failures-- > 0 ? 500 : 200 }),
    });
    const resources = [rabbit('pubsub', { requeueInFailure: 'true' })];
    const harness = await scope.harness({ resources, apps: [{ id: 'post' }] });
    await harness.sidecar('post').connectApp(app.port);

    await publish(harness.sidecar('post').url, 'orders', 1, '?metadata.cloudevent.id=e1');
    await harness.settled();

    expect(app.events('/orders').map(({ id }) => id)).toEqual(['e1', 'e1', 'e1']);
  });

  it('gives what a stopped sidecar had in hand to the next one', async () => {
    const hanging = Promise.withResolvers<undefined>();
    let isFirst = true;
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }], {
      '/orders': async () => {
        if (isFirst) await hanging.promise;
        return undefined;
      },
    });
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }, { id: 'other' }] });
    await harness.sidecar('post').connectApp(app.port);
    await publish(harness.sidecar('other').url, 'orders', 'once');
    await until(() => app.events('/orders').length === 1);

    const restart = await harness.faults.stop('post');
    isFirst = false;
    hanging.resolve(undefined);
    await restart();
    await until(() => app.events('/orders').length === 2);
    await harness.settled();

    expect(harness.queues()).toEqual([{ name: 'post-orders', topic: 'orders', ready: 0, inFlight: 0, consumers: 1 }]);
  });

  it('says what has not settled', async () => {
    const gate = Promise.withResolvers<undefined>();
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'orders', route: '/orders' }], {
      '/orders': () => gate.promise,
    });
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }] });
    await harness.sidecar('post').connectApp(app.port);
    await publish(harness.sidecar('post').url, 'orders', 1);

    await expect(harness.settled({ timeoutMs: 50 })).rejects.toThrow(
      'not settled after 50 ms: post-orders has 0 ready, 1 in flight',
    );
    gate.resolve(undefined);
    await expect(harness.settled()).resolves.toBeUndefined();
  });

  it('publishes nothing for an app that the topic is closed to', async () => {
    const resources = [rabbit('pubsub', { publishingScopes: 'post=orders;like=' })];
    const harness = await scope.harness({ resources, apps: [{ id: 'post' }, { id: 'like' }] });

    const answer = await send('POST', `${harness.sidecar('like').url}/v1.0/publish/pubsub/orders`, { n: 1 });

    expect(answer.status).toBe(403);
    expect(harness.published()).toEqual([]);
  });
});
