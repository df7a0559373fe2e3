import { nameOfFault, type Fault } from '../plan/plan-faults.ts';
import { pause } from '../platform/until.ts';
import { flood } from './flood.ts';
import { skew } from './skew.ts';
import { holdParts, signal, type World } from './world.ts';

/** When nothing was done to a part any more, and when it was whole again; in milliseconds since 1970. */
export type Applied = { endedAt: number; backAt: number };

/** Does to a part what the plan says, and waits until it is there again. */
export async function applyFault(world: World, fault: Fault): Promise<Applied> {
  const { kind, part: name, holdMs } = fault;
  const part = await world.parts.find(name);
  switch (kind) {
    case 'kill': {
      if (!signal(part.pid, 'SIGKILL')) throw new Error(`${nameOfFault(fault)}: there is no process ${part.pid}`);
      const endedAt = Date.now();
      await world.parts.restarted(name, part.pid);
      return { endedAt, backAt: Date.now() };
    }
    case 'pause': {
      const { release } = holdParts([part]);
      await pause(holdMs);
      release();
      return now();
    }
    case 'flood':
      return { endedAt: await flood(world, name), backAt: Date.now() };
    case 'skew':
      await skew(world, name, holdMs);
      return now();
  }
}

const now = (): Applied => ({ endedAt: Date.now(), backAt: Date.now() });
