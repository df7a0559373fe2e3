import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post } from './target/client.ts';
import { deliveries, eventOf } from './target/deliveries.ts';
import { eventually } from './target/eventually.ts';
import { startRabbitMq } from './target/rabbitmq.ts';
import type { RabbitMq } from './target/rabbitmq.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { Received, TestApp } from './target/test-app.ts';

const PUBLISHER = 'rabbit-publisher';
const APP = 'rabbit-app';
const OTHER = 'rabbit-other';
/** A second replica of the app, with an app process of its own. */
const REPLICA = 'rabbit-app-replica';

const KEPT = { durable: 'true', deletedWhenUnused: 'false', deliveryMode: '2', publisherConfirm: 'true' };
const COMPONENTS: Record<string, Record<string, string>> = {
  plain: {},
  kept: KEPT,
  requeued: { requeueInFailure: 'true' },
  'one-at-a-time': { prefetchCount: '1' },
  'three-at-a-time': { prefetchCount: '3' },
  single: { concurrency: 'single' },
  broadcast: { consumerID: '{uuid}' },
  'kept-broadcast': { ...KEPT, consumerID: '{uuid}' },
  grouped: { consumerID: 'one-group' },
  routed: { exchangeKind: 'topic' },
  short: { ...KEPT, maxLen: '2' },
};

let rabbitmq: RabbitMq;
let apps: Record<'app' | 'replica' | 'other', TestApp>;
let target: Target;

const publish = (pubsub: string, topic: string, id = topic, more = '') =>
  post(`${target.url(PUBLISHER)}/v1.0/publish/${pubsub}/${topic}?metadata.cloudevent.id=${id}${more}`, {});
const idsOf = (received: Received[]) => received.map((request) => String(eventOf(request)['id']));
const idsAt = (path: string, ...at: TestApp[]) => idsOf(at.flatMap((each) => each.at(path))).sort();

/** Publishes on a topic of its own until that is delivered: what was published before has been delivered then, or never will be. */
async function passed(pubsub: string, app: TestApp): Promise<void> {
  await publish(pubsub, `${pubsub}-last`, 'last');
  await deliveries(app, '/last');
}

beforeAll(async () => {
  rabbitmq = await startRabbitMq();
  const subscriptions = Object.keys(COMPONENTS).flatMap((pubsubname) => [
    { pubsubname, topic: `${pubsubname}-events`, route: '/events' },
    { pubsubname, topic: `${pubsubname}-last`, route: '/last' },
  ]);
  const handlers = {
    '/dapr/subscribe': {
      body: [
        ...subscriptions,
        { pubsubname: 'plain', topic: 'dead-lettered', route: '/failing', deadLetterTopic: 'dead' },
        { pubsubname: 'plain', topic: 'dead', route: '/dead' },
        { pubsubname: 'routed', topic: 'routed', route: '/routed', metadata: { routingKey: 'a.*,b' } },
        { pubsubname: 'kept', topic: 'named', route: '/named', metadata: { queueName: 'a-queue-by-name' } },
        { pubsubname: 'kept', topic: 'quorum', route: '/quorum', metadata: { queueType: 'quorum' } },
        { pubsubname: 'kept', topic: 'typeless', route: '/typeless', metadata: { queueType: 'no-such-type' } },
      ],
    },
    '/failing': { status: 500 },
    '/dead': {},
    '/last': {},
    '/routed': {},
    '/named': {},
    '/quorum': {},
    '/typeless': {},
  };
  apps = { app: await startApp(handlers), replica: await startApp(handlers), other: await startApp(handlers) };
  target = await startTarget({
    resources: Object.entries(COMPONENTS).map(([name, metadata]) =>
      component(name, 'pubsub.rabbitmq', { connectionString: rabbitmq.connectionString, ...metadata }),
    ),
    apps: [
      { id: PUBLISHER },
      { id: APP, appPort: apps.app.port },
      { id: APP, name: REPLICA, appPort: apps.replica.port },
      { id: OTHER, appPort: apps.other.port },
    ],
  });
}, 90_000);

afterAll(async () => {
  await target.close();
  await Promise.all(Object.values(apps).map((each) => each.close()));
  await rabbitmq.close();
});

beforeEach(() => {
  for (const each of Object.values(apps)) {
    each.clear();
    each.on('/events', {});
  }
});

describe('an event in RabbitMQ', () => {
  const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];

  it('comes to every app once, to one of its replicas', async () => {
    for (const id of ids) await publish('plain', 'plain-events', id);

    await eventually(() => {
      expect(idsAt('/events', apps.app, apps.replica)).toEqual(ids);
      expect(idsAt('/events', apps.other)).toEqual(ids);
    });
    expect(apps.app.at('/events').length).toBeGreaterThan(0);
    expect(apps.replica.at('/events').length).toBeGreaterThan(0);
  });

  it('comes to every replica by a component with a consumer for each', async () => {
    for (const id of ids) await publish('broadcast', 'broadcast-events', id);

    await eventually(() => {
      for (const each of Object.values(apps)) expect(idsAt('/events', each)).toEqual(ids);
    });
  });

  it('comes to one of several apps by a component with a consumer for all', async () => {
    for (const id of ids) await publish('grouped', 'grouped-events', id);

    await eventually(() => expect(idsAt('/events', ...Object.values(apps))).toEqual(ids));
  });

  it('comes by every component of the same broker', async () => {
    await publish('plain', 'requeued-events', 'across');

    await eventually(() => {
      expect(idsAt('/events', apps.app, apps.replica)).toEqual(['across']);
      expect(idsAt('/events', apps.other)).toEqual(['across']);
    });
  });

  it('has no expiration, for the broker sees to that', async () => {
    await publish('plain', 'plain-events', 'mortal', '&metadata.ttlInSeconds=100');

    const [delivered] = await deliveries(apps.other, '/events');
    expect(eventOf(delivered)).not.toHaveProperty('expiration');
  });

  it('comes without the metadata that it was published with', async () => {
    await publish('plain', 'plain-events', 'marked', '&metadata.mark=x&metadata.priority=1');

    const [{ headers }] = (await deliveries(apps.other, '/events')) as [Received];
    expect([headers['mark'], headers['priority'], headers['pubsubname']]).toEqual([undefined, undefined, 'plain']);
  });

  it('comes by its routing key, where the exchange has such', async () => {
    for (const key of ['a.x', 'a.x.y', 'b', 'c']) await publish('routed', 'routed', key, `&metadata.routingKey=${key}`);
    await publish('routed', 'routed', 'none');

    await eventually(() => expect(idsAt('/routed', apps.other)).toEqual(['a.x', 'b']));
  });

  it('comes to nobody who asks for a type of queue that there is not', async () => {
    await publish('kept', 'typeless', 'nowhere');
    await passed('kept', apps.other);

    expect(idsAt('/typeless', ...Object.values(apps))).toEqual([]);
  });

  it('comes once to all who name the same queue', async () => {
    for (const id of ids) await publish('kept', 'named', id);

    await eventually(() => expect(idsAt('/named', ...Object.values(apps))).toEqual(ids));
  });
});

describe('an event that fails in RabbitMQ', () => {
  it('is gone, for nothing else is said', async () => {
    apps.other.on('/events', { status: 500 });

    await publish('plain', 'plain-events', 'lost');
    await deliveries(apps.other, '/events');
    await passed('plain', apps.other);

    expect(apps.other.at('/events')).toHaveLength(1);
  });

  it('is delivered again, to any replica, with requeueInFailure', async () => {
    for (const each of [apps.app, apps.replica]) {
      each.on('/events', () => ({
        status: apps.app.at('/events').length + apps.replica.at('/events').length < 4 ? 500 : 200,
      }));
    }

    await publish('requeued', 'requeued-events', 'again');

    await eventually(() =>
      expect(idsAt('/events', apps.app, apps.replica)).toEqual(['again', 'again', 'again', 'again']),
    );
  });

  it('goes to the dead letter topic of every app', async () => {
    await publish('plain', 'dead-lettered', 'failed');

    await eventually(() => {
      expect(idsAt('/dead', apps.app, apps.replica)).toEqual(['failed', 'failed']);
      expect(idsAt('/dead', apps.other)).toEqual(['failed', 'failed']);
    });
  });
});

describe('how many events an app works on at once', () => {
  /** The most that ran at once while `count` events were handled, each waiting until `together` run or none are left to come. */
  async function mostAtOnce(pubsub: string, count: number, together: number): Promise<number> {
    let running = 0;
    let most = 0;
    apps.other.on('/events', async (_, before) => {
      most = Math.max(most, ++running);
      await eventually(() => {
        if (most < together && before + 1 < count) throw new Error(`${most} at once`);
      });
      running--;
      return {};
    });
    for (let id = 1; id <= count; id++) await publish(pubsub, `${pubsub}-events`, String(id));
    await eventually(() => {
      if (apps.other.at('/events').length < count || running > 0) throw new Error('not all are done');
    });
    return most;
  }

  it('is any number', async () => {
    expect(await mostAtOnce('plain', 10, 10)).toBe(10);
  });

  it('is what prefetchCount says', async () => {
    expect(await mostAtOnce('three-at-a-time', 6, 3)).toBe(3);
  });

  it.each(['one-at-a-time', 'single'])('is one: %s', async (pubsub) => {
    expect(await mostAtOnce(pubsub, 4, 1)).toBe(1);
  });
});

describe('an app that is away', () => {
  const restart = async (work: () => Promise<void>) => {
    await target.stop(OTHER);
    await work();
    await target.start(OTHER);
  };

  it('misses what comes meanwhile, for its queue goes with it', async () => {
    await restart(async () => {
      await publish('plain', 'plain-events', 'missed');
      await eventually(() => expect(idsAt('/events', apps.app, apps.replica)).toContain('missed'));
    });
    await passed('plain', apps.other);

    expect(apps.other.at('/events')).toEqual([]);
  });

  it('finds what came meanwhile in a queue that is kept', async () => {
    await restart(async () => {
      for (const id of ['1', '2', '3']) await publish('kept', 'kept-events', id);
    });

    await eventually(() => expect(idsAt('/events', apps.other)).toEqual(['1', '2', '3']));
  });

  it('finds what came meanwhile in a quorum queue', async () => {
    await restart(async () => {
      await publish('kept', 'quorum', 'by-majority');
    });

    await eventually(() => expect(idsAt('/quorum', apps.other)).toEqual(['by-majority']));
  });

  it('finds the latest of what came meanwhile, where no more may wait', async () => {
    await restart(async () => {
      for (const id of ['1', '2', '3', '4']) await publish('short', 'short-events', id);
    });

    await eventually(() => expect(idsAt('/events', apps.other)).toEqual(['3', '4']));
  });

  it('misses what came meanwhile by a component with a consumer for each', async () => {
    await restart(async () => {
      await publish('kept-broadcast', 'kept-broadcast-events', 'missed');
      await eventually(() => expect(idsAt('/events', apps.app)).toContain('missed'));
    });
    await passed('kept-broadcast', apps.other);

    expect(apps.other.at('/events')).toEqual([]);
  });

  it('gets again what it had in hand', async () => {
    apps.other.on('/events', () => new Promise<never>(() => {}));
    await publish('kept', 'kept-events', 'in-hand');
    await deliveries(apps.other, '/events');

    await restart(async () => {
      apps.other.on('/events', {});
    });

    await eventually(() => expect(idsAt('/events', apps.other)).toEqual(['in-hand', 'in-hand']));
  });
});
