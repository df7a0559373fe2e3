import { defineEvent } from '@commons/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { subscribeDocument } from '../src/events/subscribe-document.ts';
import { listenFor, subscribeFor } from '../src/events/subscription.ts';

const subscribe = subscribeFor<object>();
const listen = listenFor<object>();
const rang = defineEvent('bell-events', 'BellRang', {});
const broke = defineEvent('bell-events', 'BellBroke', { why: z.string() });
const names = { service: 'ear', pubsub: 'pubsub', broadcast: 'broadcast' };

const ignore = () => Promise.resolve();

describe('what a service tells its sidecar of its subscriptions', () => {
  it('is one subscription a topic, by a component of its own, routed by type, whose queue and dead letters are kept by several nodes', () => {
    const subscriptions = [subscribe(rang, ignore), subscribe(broke, ignore)];

    expect(subscribeDocument({ ...names, subscriptions })).toEqual([
      {
        pubsubname: 'pubsub-bell-events',
        topic: 'bell-events',
        deadLetterTopic: 'ear-dead-letters',
        metadata: { queueType: 'quorum' },
        routes: {
          rules: [
            { match: 'event.type == "BellRang"', path: '/events/queue/bell-events/BellRang' },
            { match: 'event.type == "BellBroke"', path: '/events/queue/bell-events/BellBroke' },
          ],
          default: '/events/ignored',
        },
      },
      {
        pubsubname: 'pubsub-dead-letters',
        topic: 'ear-dead-letters',
        metadata: { queueType: 'quorum' },
        routes: { rules: [], default: '/events/dead-letters' },
      },
    ]);
  });

  it('asks for no dead letters and no such queue for what every replica hears', () => {
    expect(subscribeDocument({ ...names, subscriptions: [listen(rang, ignore)] })).toEqual([
      {
        pubsubname: 'broadcast-bell-events',
        topic: 'bell-events',
        routes: {
          rules: [{ match: 'event.type == "BellRang"', path: '/events/broadcast/bell-events/BellRang' }],
          default: '/events/ignored',
        },
      },
    ]);
  });

  it('is nothing where there are none', () => {
    expect(subscribeDocument({ ...names, subscriptions: [] })).toEqual([]);
  });
});
