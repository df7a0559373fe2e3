import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from 'amqplib';
import { parse, stringify } from 'yaml';
import { jsonOf, post, send } from './target/client.ts';
import { deliveries, eventOf } from './target/deliveries.ts';
import { startRabbitMq } from './target/rabbitmq.ts';
import type { RabbitMq } from './target/rabbitmq.ts';
import { startRedis } from './target/redis.ts';
import type { Redis } from './target/redis.ts';
import { startTarget, targetKind } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

/** The platform's own components, as sidecars read them. Its apps have other names here: a platform may be running beside. */
const COMPONENTS = fileURLToPath(new URL('../../components/', import.meta.url));
const appIdOf = (service: string): string => `parts-${service}`;

let folder: string;
let rabbitmq: RabbitMq;
let redis: Redis;
let apps: Record<'comment' | 'realtime' | 'replica', TestApp>;
let target: Target;

const urlOf = (service: string) => `${target.url(appIdOf(service))}/v1.0`;
const publish = (service: string, topic: string, id: string) =>
  post(`${urlOf(service)}/publish/pubsub/${topic}?metadata.cloudevent.id=${id}`, {});

async function readResources(subfolder = ''): Promise<string[]> {
  const names = (await readdir(join(COMPONENTS, subfolder))).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(names.map((name) => readFile(join(COMPONENTS, subfolder, name), 'utf8')));
  return texts.map((text) => {
    const resource = parse(text) as { scopes?: string[] };
    return stringify({ ...resource, ...(resource.scopes && { scopes: resource.scopes.map(appIdOf) }) });
  });
}

type Declared = { name: string; durable: boolean; auto_delete: boolean; arguments: object };

/** What RabbitMQ loads at its start, of one service. Where a sidecar declares it otherwise, RabbitMQ refuses. */
async function declareBeforehand(service: string): Promise<void> {
  const text = await readFile(join(COMPONENTS, 'rabbitmq/definitions.json'), 'utf8');
  const { exchanges, queues } = JSON.parse(text) as { exchanges: (Declared & { type: string })[]; queues: Declared[] };
  const connection = await connect(rabbitmq.connectionString);
  const channel = await connection.createChannel();
  for (const { name, type, durable, auto_delete: autoDelete, arguments: args } of exchanges)
    await channel.assertExchange(name, type, { durable, autoDelete, arguments: args });
  for (const { name, durable, auto_delete: autoDelete, arguments: args } of queues)
    if (name.startsWith(`${service}-`))
      await channel.assertQueue(`parts-${name}`, { durable, autoDelete, arguments: args });
  await connection.close();
}

/** The component by which a topic is read: one of its own, or that of all topics. */
const readerOf = (kind: 'pubsub' | 'broadcast', topic: string): string =>
  existsSync(join(COMPONENTS, `${kind}-${topic}.yaml`)) ? `${kind}-${topic}` : kind;

/** As services answer: events that are kept have dead letters, and all their queues are quorum queues. */
const quorum = { metadata: { queueType: 'quorum' } };
const ofService = { ...quorum, deadLetterTopic: 'comment-dead-letters' };
const deadLetters = {
  ...quorum,
  pubsubname: readerOf('pubsub', 'dead-letters'),
  topic: 'comment-dead-letters',
  route: '/dead-letters',
};
const handlersOf = (kind: 'pubsub' | 'broadcast', subscription: object, more: readonly object[] = []) => ({
  '/dapr/subscribe': {
    body: [
      ...['user-events', 'post-events'].map((topic) => ({
        ...subscription,
        pubsubname: readerOf(kind, topic),
        topic,
        route: `/${topic}`,
      })),
      ...more,
    ],
  },
  '/user-events': {},
  '/post-events': {},
  '/dead-letters': {},
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-platform-'));
  [rabbitmq, redis] = await Promise.all([startRabbitMq(), startRedis()]);
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(
    secretsFile,
    JSON.stringify({
      'auth-key-encryption-key': 'a key',
      'blob-connection-string':
        'DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=bm9uZQ==;BlobEndpoint=http://127.0.0.1:9/nobody',
      'rabbitmq-connection-string': rabbitmq.connectionString,
      'redis-host': redis.host,
      'redis-password': redis.password,
    }),
  );
  process.env['SECRETS_FILE'] = secretsFile;
  if (targetKind === 'daprd') await declareBeforehand('comment');
  apps = {
    comment: await startApp(handlersOf('pubsub', ofService, [deadLetters])),
    realtime: await startApp(handlersOf('broadcast', {})),
    replica: await startApp(handlersOf('broadcast', {})),
  };
  const realtime = { id: appIdOf('realtime'), config: 'realtime' };
  target = await startTarget({
    resources: [...(await readResources()), ...(await readResources('configuration'))],
    apps: [
      ...['auth', 'post', 'gateway'].map((service) => ({ id: appIdOf(service), config: service })),
      { id: appIdOf('comment'), config: 'comment', appPort: apps.comment.port },
      { ...realtime, appPort: apps.realtime.port },
      { ...realtime, name: 'replica', appPort: apps.replica.port },
    ],
  });
}, 90_000);

afterAll(async () => {
  await target.close();
  await Promise.all([...Object.values(apps), rabbitmq, redis].map((each) => each.close()));
  await rm(folder, { recursive: true });
});

beforeEach(() => Object.values(apps).forEach((app) => app.clear()));

describe("the platform's components", () => {
  it('are seen by those who use them', async () => {
    const componentsOf = async (service: string) => {
      const { body } = jsonOf(await send(`${urlOf(service)}/metadata`));
      const names = (body as { components?: { name: string }[] }).components?.map(({ name }) => name);
      return names && [...new Set(names.map((name) => name.replace(/^(pubsub|broadcast)-.*/, '$1')))].sort();
    };

    expect({
      auth: await componentsOf('auth'),
      comment: await componentsOf('comment'),
      post: await componentsOf('post'),
      realtime: await componentsOf('realtime'),
      gateway: await componentsOf('gateway'),
    }).toEqual({
      auth: ['pubsub', 'secretstore', 'statestore'],
      comment: ['pubsub', 'secretstore'],
      post: ['blobs', 'pubsub', 'secretstore', 'statestore'],
      realtime: ['broadcast', 'pubsub', 'secretstore'],
      gateway: undefined,
    });
  });

  it('give a secret to those who may read it', async () => {
    const secretOf = async (service: string, name: string) =>
      jsonOf(await send(`${urlOf(service)}/secrets/secretstore/${name}`)).status;

    expect([
      await secretOf('auth', 'auth-key-encryption-key'),
      await secretOf('auth', 'blob-connection-string'),
      await secretOf('post', 'blob-connection-string'),
      await secretOf('comment', 'auth-key-encryption-key'),
    ]).toEqual([200, 403, 200, 403]);
  });

  it("keep each app's state to itself", async () => {
    await post(`${urlOf('auth')}/state/statestore`, [{ key: 'k', value: 1, metadata: { ttlInSeconds: '60' } }]);

    const answers = [
      await send(`${urlOf('auth')}/state/statestore/k`),
      await send(`${urlOf('post')}/state/statestore/k`),
    ];

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, '1'],
      [204, ''],
    ]);
  });

  it('bring an event to one replica by its queue, and to every one by broadcast', async () => {
    expect((await publish('auth', 'user-events', 'told')).status).toBe(204);

    for (const app of Object.values(apps)) {
      const received = await deliveries(app, '/user-events');
      expect(received.map((request) => eventOf(request)['id'])).toEqual(['told']);
    }
  });

  it('bring it again after an answer that may pass, and not after one that stays', async () => {
    apps.comment.on('/post-events', (_, before) => ({ status: before === 0 ? 503 : 413 }));

    await publish('post', 'post-events', 'too-large');
    const [dead] = await deliveries(apps.comment, '/dead-letters');

    expect(apps.comment.at('/post-events')).toHaveLength(2);
    expect(eventOf(dead)).toMatchObject({ id: 'too-large', topic: 'post-events' });
  });
});
