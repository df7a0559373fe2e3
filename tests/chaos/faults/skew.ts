import { repeated } from '../broker/made-up-events.ts';
import { queuesOf } from '../platform/topology.ts';
import { pause } from '../platform/until.ts';
import { holdParts, replicasOf, type World } from './world.ts';

const REPEATED = 200;

/**
 * Holds a service back until events wait for it, turns their order around, puts each in twice, and adds older ones: it hears of
 * the end before the beginning.
 */
export async function skew(world: World, part: string, holdMs: number): Promise<void> {
  const { topology, broker, capture, random } = world;
  const { service, replicas } = await replicasOf(world, part);
  const { release } = holdParts(replicas);
  try {
    await pause(holdMs);
    for (const { name, topic } of queuesOf(topology, service)) {
      const known = capture.messages().filter(({ exchange }) => exchange === topic);
      await broker.rearrange(name, (waiting) => {
        const older = repeated(known, random, REPEATED);
        return [...waiting.toReversed(), ...random.shuffle([...older, ...waiting])];
      });
    }
  } finally {
    release();
  }
}
