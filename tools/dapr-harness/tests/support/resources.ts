import type { Resource } from '@commons/dapr-harness';

/** A pub/sub component on RabbitMQ, as the platform has it. */
export function rabbit(name: string, metadata: Record<string, string> = {}): Resource {
  const all = { connectionString: 'amqp://broker', deletedWhenUnused: 'false', ...metadata };
  const items = Object.entries(all).map(([key, value]) => ({ name: key, value }));
  return { kind: 'Component', metadata: { name }, spec: { type: 'pubsub.rabbitmq', version: 'v1', metadata: items } };
}

export function resiliency(spec: Record<string, unknown>): Resource {
  return { kind: 'Resiliency', metadata: { name: 'resiliency' }, spec };
}
