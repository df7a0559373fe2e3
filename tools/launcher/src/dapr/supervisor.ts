import type { Part, PartStatus } from './part.ts';
import { supervise } from './supervise.ts';
import type { SuperviseOptions, Supervised } from './supervise.ts';

export type Supervisor = {
  /** Starts parts side by side, and settles when all are ready. @throws what kept the first of them from it */
  start(parts: readonly Part[]): Promise<void>;
  statuses(): PartStatus[];
  /** Ends everything in the opposite order: services before their sidecars, these before the backends. */
  stop(): Promise<void>;
};

/** Keeps parts running that were started in groups, each of which needs those before it. */
export function createSupervisor(options: SuperviseOptions): Supervisor {
  const groups: Supervised[][] = [];
  return {
    async start(parts) {
      const group = parts.map((part) => supervise(part, options));
      groups.push(group);
      await Promise.all(group.map(({ ready }) => ready));
    },
    statuses: () => groups.flat().map(({ status }) => status),
    async stop() {
      for (const group of groups.toReversed()) await Promise.all(group.map((supervised) => supervised.stop()));
    },
  };
}
