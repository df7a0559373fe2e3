import type { Broker } from '../broker/broker.ts';
import type { Capture } from '../broker/capture.ts';
import type { Random } from '../plan/random.ts';
import type { Part, Parts } from '../platform/parts.ts';
import type { Topology } from '../platform/topology.ts';

/** What faults are made with. */
export type World = {
  parts: Parts;
  topology: Topology;
  broker: Broker;
  capture: Capture;
  random: Random;
  /** Ids of events that were sent although nobody can read them. */
  poison: Set<string>;
};

/** Stops all processes of some parts, until `release`: they keep what they have, and answer nobody. */
export function holdParts(parts: readonly Part[]): { release(): void } {
  const held = parts.filter(({ pid }) => signal(pid, 'SIGSTOP'));
  const release = (): void => held.forEach(({ pid }) => void signal(pid, 'SIGCONT'));
  process.once('exit', release);
  return {
    release() {
      process.off('exit', release);
      release();
    },
  };
}

/** @returns whether there was such a process. */
export function signal(pid: number | null, name: NodeJS.Signals): boolean {
  if (pid === null) return false;
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** All replicas of the service to which a part belongs. */
export async function replicasOf({ parts }: World, name: string): Promise<{ service: string; replicas: Part[] }> {
  const { service = name } = await parts.find(name);
  const all = await parts.list();
  return { service, replicas: all.filter((part) => part.kind === 'service' && part.service === service) };
}
