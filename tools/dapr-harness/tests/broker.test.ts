import { describe, expect, it } from '@jest/globals';
import { createBroker } from '../src/broker/broker.ts';
import { createFifo } from '../src/broker/fifo.ts';
import type { Disposition, Message, Publication, QueueSpec } from '../src/broker/message.ts';
import { isBound } from '../src/broker/routing-key.ts';
import { brokerKey } from '../src/pubsub/pubsub.ts';
import type { Component } from '../src/resources/component.ts';
import { until } from './support/until.ts';

function spec(overrides: Partial<QueueSpec> = {}): QueueSpec {
  return {
    name: 'post-orders',
    topic: 'orders',
    isDurable: true,
    isAutoDeleted: false,
    exchangeKind: 'fanout',
    routingKeys: [''],
    deadLetterQueue: undefined,
    ...overrides,
  };
}

function publication(text: string, overrides: Partial<Publication> = {}): Publication {
  return { topic: 'orders', data: Buffer.from(text), metadata: {}, expiresAt: undefined, routingKey: '', ...overrides };
}

const open = () => createBroker({ name: 'test', messages: undefined, changed: () => undefined });

describe('broker', () => {
  it('hands a message that comes back out before newer ones', async () => {
    const broker = open();
    const seen: string[] = [];
    const dispositions: Disposition[] = ['requeue', 'ack', 'ack'];
    broker.declareQueue(spec());
    broker.publish(publication('one'));
    broker.publish(publication('two'));

    broker.consume(spec(), {
      prefetch: 1,
      handle: async ({ data }) => {
        seen.push(data.toString());
        return dispositions.shift() ?? 'ack';
      },
    });
    await until(() => seen.length === 3);

    expect(seen).toEqual(['one', 'one', 'two']);
  });

  it('puts what is thrown away into its own dead letters, where they are wanted', async () => {
    const broker = open();
    broker.consume(spec({ deadLetterQueue: 'dlq-post-orders' }), { prefetch: 1, handle: async () => 'discard' });

    broker.publish(publication('bad'));
    await until(() => broker.isSettled());

    expect(broker.queues()).toEqual([
      { name: 'dlq-post-orders', topic: 'dlx-post-orders', ready: 1, inFlight: 0, consumers: 0 },
      { name: 'post-orders', topic: 'orders', ready: 0, inFlight: 0, consumers: 1 },
    ]);
  });

  it('drops what is too old when its turn comes', async () => {
    const broker = open();
    const seen: string[] = [];
    broker.declareQueue(spec());
    broker.publish(publication('old', { expiresAt: Date.now() - 1 }));
    broker.publish(publication('new', { expiresAt: Date.now() + 60_000 }));

    broker.consume(spec(), {
      prefetch: 10,
      handle: async ({ data }: Message) => {
        seen.push(data.toString());
        return 'ack';
      },
    });
    await until(() => broker.isSettled());

    expect(seen).toEqual(['new']);
  });

  it('removes an auto-deleted queue with its last consumer', () => {
    const broker = open();
    const queue = spec({ isAutoDeleted: true });
    const consumer = { prefetch: 1, handle: async (): Promise<Disposition> => 'ack' };
    const cancels = [broker.consume(queue, consumer), broker.consume(queue, consumer)];

    cancels[0]!();
    expect(broker.queues()).toHaveLength(1);
    cancels[1]!();
    expect(broker.queues()).toEqual([]);
  });
});

describe("a broker's name", () => {
  const component = (type: string, name: string, metadata: Record<string, string>): Component => ({
    name,
    type,
    version: 'v1',
    metadata,
    scopes: [],
    ignoreErrors: false,
    isNamespaced: false,
  });

  it('is its host, whoever logs in', () => {
    const named = ['amqp://one:secret@rabbit:5672/shop', 'amqp://two:other@rabbit:5672/shop', 'test'].map(
      (connectionString) => brokerKey(component('pubsub.rabbitmq', 'any', { connectionString })),
    );

    expect(named).toEqual([
      'pubsub.rabbitmq rabbit:5672/shop',
      'pubsub.rabbitmq rabbit:5672/shop',
      'pubsub.rabbitmq test',
    ]);
  });

  it('is that of its component in memory, unless a host is named', () => {
    expect(brokerKey(component('pubsub.in-memory', 'a', {}))).toBe('pubsub.in-memory a');
    expect(brokerKey(component('pubsub.in-memory', 'a', { host: 'shared' }))).toBe('pubsub.in-memory shared');
  });
});

describe('routing keys', () => {
  it('count for nothing on a fanout exchange', () => {
    expect(isBound(spec(), 'any.key')).toBe(true);
  });

  it('are compared on a direct exchange', () => {
    const queue = spec({ exchangeKind: 'direct', routingKeys: ['a', 'b'] });

    expect(['a', 'b', 'c'].map((key) => isBound(queue, key))).toEqual([true, true, false]);
  });

  it.each([
    ['orders.*', 'orders.new', true],
    ['orders.*', 'orders.new.today', false],
    ['orders.#', 'orders', true],
    ['orders.#', 'orders.new.today', true],
    ['#.today', 'orders.new.today', true],
    ['*.new', 'orders.old', false],
    ['#', '', true],
  ])('%s on a topic exchange and %s: %p', (pattern, key, expected) => {
    expect(isBound(spec({ exchangeKind: 'topic', routingKeys: [pattern] }), key)).toBe(expected);
  });
});

describe('line', () => {
  it('keeps its order when it is long', () => {
    const line = createFifo<number>();
    for (let n = 0; n < 5000; n++) line.push(n);
    const taken = Array.from({ length: 4000 }, () => line.shift());
    line.push(5000);

    expect(taken).toEqual(Array.from({ length: 4000 }, (_, n) => n));
    expect([line.length, line.shift(), line.list().at(-1)]).toEqual([1001, 4000, 5000]);
  });

  it('gives nothing when it is empty', () => {
    const line = createFifo<number>();

    expect([line.shift(), line.length, line.list()]).toEqual([undefined, 0, []]);
  });
});
