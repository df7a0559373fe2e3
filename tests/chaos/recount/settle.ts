import type { Broker } from '../broker/broker.ts';
import type { Parts } from '../platform/parts.ts';
import type { Topology } from '../platform/topology.ts';
import { pause, until } from '../platform/until.ts';
import type { Finding } from './observed.ts';

export type Quiet = { parts: Parts; broker: Broker; topology: Topology };

const QUIET_WITHIN_MS = 120_000;
const AGAIN_AFTER_MS = 1_000;

/** Waits until no event is on its way: outboxes and queues are empty. @throws where something is still there then. */
export async function becomeQuiet({ parts, broker, topology }: Quiet): Promise<void> {
  await until(
    'outboxes and queues are empty',
    async () => {
      const waiting = [...(await outboxes(parts)), ...(await queues(broker, topology))].filter(
        ({ count }) => count > 0,
      );
      if (waiting.length === 0) return true;
      throw new Error(waiting.map(({ name, count }) => `${count} in ${name}`).join(', '));
    },
    QUIET_WITHIN_MS,
  );
}

/**
 * Looks at what is there until it is as it should be: what is decided may still be on its way into the last copy.
 * @returns the last look. @throws where nothing could be looked at.
 */
export async function converge(look: () => Promise<Finding[]>, limitMs: number): Promise<Finding[]> {
  for (const limit = Date.now() + limitMs; ;) {
    const isLast = Date.now() > limit;
    const findings = await look().catch((error: unknown) => {
      if (isLast) throw error;
      return undefined;
    });
    if (findings && (isLast || findings.every(({ problems }) => problems.length === 0))) return findings;
    await pause(AGAIN_AFTER_MS);
  }
}

/** Queues that more read than there are replicas: whoever reads without handling keeps events from the others. */
export async function queuesReadTwice({ parts, broker, topology }: Quiet): Promise<string[]> {
  const services = (await parts.list()).filter(({ kind }) => kind === 'service');
  const read = await Promise.all(
    topology.queues.map(async ({ name, service }) => {
      const replicas = services.filter((part) => part.service === service).length;
      return (await broker.consumers(name)) > replicas ? [name] : [];
    }),
  );
  return read.flat();
}

type Waiting = { name: string; count: number };

async function outboxes(parts: Parts): Promise<Waiting[]> {
  const services = (await parts.list()).filter(({ kind }) => kind === 'service');
  return Promise.all(
    services.map(async ({ name, port }) => {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return { name: `the outbox of ${name}`, count: Number(/^outbox_depth\S* (\d+)/m.exec(metrics)?.[1] ?? 0) };
    }),
  );
}

const queues = (broker: Broker, topology: Topology): Promise<Waiting[]> =>
  Promise.all(topology.queues.map(async ({ name }) => ({ name, count: await broker.depth(name) })));
