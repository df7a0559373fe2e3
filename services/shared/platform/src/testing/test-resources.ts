import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@commons/dapr-harness';
import { subscribeDocument } from '../events/subscribe-document.ts';
import type { Subscription } from '../events/subscription.ts';

type Metadata = Record<string, string>;

function component(name: string, type: string, metadata: Metadata = {}): Resource {
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version: 'v1', metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  };
}

/**
 * The components of the platform for tests: the same names, in memory, with quick retries.
 * @param subscriptions of the service under test: each of its topics is read by a component of its own
 */
export function resourcesOf(
  secrets: Record<string, string>,
  subscriptions: readonly Subscription<never>[] = [],
): Resource[] {
  const document = subscribeDocument({ service: 'any', subscriptions, pubsub: 'pubsub', broadcast: 'broadcast' });
  const readers = document.map(({ pubsubname }) => pubsubname);
  return [
    component('pubsub', 'pubsub.rabbitmq', {
      connectionString: 'test',
      deletedWhenUnused: 'false',
      prefetchCount: '16',
    }),
    ...readers.map((name) =>
      component(name, 'pubsub.rabbitmq', {
        connectionString: 'test',
        prefetchCount: '16',
        ...(name.startsWith('broadcast-')
          ? { consumerID: '{uuid}', deletedWhenUnused: 'true' }
          : { deletedWhenUnused: 'false' }),
      }),
    ),
    component('statestore', 'state.redis', { redisHost: 'test' }),
    component('secretstore', 'secretstores.local.file', { secretsFile: secretsFile(secrets) }),
    {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Resiliency',
      metadata: { name: 'resiliency' },
      spec: {
        policies: { retries: { quick: { policy: 'constant', duration: '20ms', maxRetries: 3 } } },
        targets: { components: Object.fromEntries(readers.map((name) => [name, { inbound: { retry: 'quick' } }])) },
      },
    },
  ];
}

function secretsFile(secrets: Record<string, string>): string {
  const file = join(mkdtempSync(join(tmpdir(), 'commons-secrets-')), 'secrets.json');
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return file;
}
