import { expect, it } from '@jest/globals';
import { brokerDefinitions } from '../src/rabbitmq-definitions/broker-definitions.ts';
import { hashPassword } from '../src/rabbitmq-definitions/hash-password.ts';
import { services } from '../src/services.ts';
import { toyServices } from './toy/services.ts';

const declared = { vhost: '/', durable: true, auto_delete: false };
const exchange = (name: string) => ({ ...declared, name, type: 'fanout', internal: false, arguments: {} });
const queue = (name: string) => ({ ...declared, name, arguments: { 'x-queue-type': 'quorum' } });
const binding = (source: string, destination: string) => ({
  source,
  vhost: '/',
  destination,
  destination_type: 'queue',
  routing_key: '',
  arguments: {},
});

const policy = (name: string, priority: number, pattern: string, definition: object) => ({
  vhost: '/',
  name,
  pattern,
  'apply-to': 'queues',
  definition,
  priority,
});

it('declares what sidecars declare, before there is one', () => {
  expect(brokerDefinitions(toyServices)).toEqual({
    vhosts: [{ name: '/' }],
    exchanges: [exchange('bell-events'), exchange('ear-dead-letters')],
    queues: [queue('ear-bell-events'), queue('ear-ear-dead-letters')],
    bindings: [binding('bell-events', 'ear-bell-events'), binding('ear-dead-letters', 'ear-ear-dead-letters')],
    policies: [
      policy('replicas', 3, '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-', { expires: 120_000, 'message-ttl': 60_000 }),
      policy('dead-letters', 2, '-dead-letters$', { 'delivery-limit': 100 }),
      policy('events', 1, '.', { 'delivery-limit': 10_000 }),
    ],
  });
});

it('leaves the queues of single replicas to them, and lets them go', () => {
  const { queues, policies } = brokerDefinitions(services);

  const ofReplicas = new RegExp(policies[0]?.pattern ?? '');
  expect(queues.filter(({ name }) => name.startsWith('realtime-')).map(({ name }) => name)).toEqual([
    'realtime-user-events',
    'realtime-realtime-dead-letters',
  ]);
  expect(ofReplicas.test('0d9c5a3e-6f0e-4f6e-9d3a-0a6f3c0f7d11-user-events')).toBe(true);
  expect(queues.filter(({ name }) => ofReplicas.test(name))).toEqual([]);
});

it('gives the broker a user, where it is told of one', () => {
  const { users, permissions } = brokerDefinitions([], { user: { name: 'commons', password: 'secret' } });

  const { password_hash: hash = '', ...user } = users?.[0] ?? {};
  expect(user).toEqual({
    name: 'commons',
    hashing_algorithm: 'rabbit_password_hashing_sha256',
    tags: ['administrator'],
  });
  expect(hash).toBe(hashPassword('secret', Buffer.from(hash, 'base64').subarray(0, 4)));
  expect(permissions).toEqual([{ user: 'commons', vhost: '/', configure: '.*', write: '.*', read: '.*' }]);
});

it('hashes a password as RabbitMQ documents it', () => {
  expect(hashPassword('test12', Buffer.from('908dc60a', 'hex'))).toBe(
    'kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR',
  );
});
