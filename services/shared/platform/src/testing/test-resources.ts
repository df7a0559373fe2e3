import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@commons/dapr-harness';

type Metadata = Record<string, string>;

function component(name: string, type: string, metadata: Metadata = {}): Resource {
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version: 'v1', metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  };
}

/** The components of the platform for tests: the same names, in memory, with quick retries. */
export function resourcesOf(secrets: Record<string, string>): Resource[] {
  return [
    component('pubsub', 'pubsub.rabbitmq', {
      connectionString: 'test',
      deletedWhenUnused: 'false',
      prefetchCount: '16',
    }),
    component('broadcast', 'pubsub.rabbitmq', {
      connectionString: 'test',
      consumerID: '{uuid}',
      deletedWhenUnused: 'true',
    }),
    component('statestore', 'state.redis', { redisHost: 'test' }),
    component('secretstore', 'secretstores.local.file', { secretsFile: secretsFile(secrets) }),
    {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Resiliency',
      metadata: { name: 'resiliency' },
      spec: {
        policies: { retries: { quick: { policy: 'constant', duration: '20ms', maxRetries: 3 } } },
        targets: { components: { pubsub: { inbound: { retry: 'quick' } } } },
      },
    },
  ];
}

function secretsFile(secrets: Record<string, string>): string {
  const file = join(mkdtempSync(join(tmpdir(), 'commons-secrets-')), 'secrets.json');
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return file;
}
