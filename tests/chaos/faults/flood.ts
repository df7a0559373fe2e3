import { poisonEvents, repeated, unknownEvents } from '../broker/made-up-events.ts';
import { queuesOf } from '../platform/topology.ts';
import { until } from '../platform/until.ts';
import { holdParts, replicasOf, type World } from './world.ts';

const UNKNOWN = 10_000;
const REPEATED = 2_000;
const DRAINED_WITHIN_MS = 180_000;

/**
 * Holds a service back and fills its queues with thousands of events: of types that nobody knows, known ones again, and a few
 * that nobody can read. When it goes on all of it has to drain.
 * @returns when the service went on.
 */
export async function flood(world: World, part: string): Promise<number> {
  const { topology, broker, capture, random, poison } = world;
  const { service, replicas } = await replicasOf(world, part);
  const queues = queuesOf(topology, service);
  const { release } = holdParts(replicas);
  try {
    for (const { name, topic } of queues) {
      const known = capture.messages().filter(({ exchange }) => exchange === topic);
      const [pattern] = known;
      if (!pattern) continue;
      const bad = poisonEvents(known);
      bad.ids.forEach((id) => poison.add(id));
      await broker.fill(name, [
        ...unknownEvents(pattern, Math.ceil(UNKNOWN / queues.length)),
        ...bad.messages,
        ...repeated(known, random, Math.ceil(REPEATED / queues.length)),
      ]);
    }
  } finally {
    release();
  }
  const goesOnAt = Date.now();
  await until(
    `the queues of ${service} are empty`,
    async () => {
      for (const { name } of queues) if ((await broker.depth(name)) > 0) return false;
      return true;
    },
    DRAINED_WITHIN_MS,
  );
  return goesOnAt;
}
