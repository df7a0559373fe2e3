import type { Api } from '../load/api.ts';
import { firstJourney, type Journey } from '../load/journey.ts';
import { nameOfFault, type Fault } from '../plan/plan-faults.ts';
import { pause } from '../platform/until.ts';
import { applyFault } from './apply-fault.ts';
import type { World } from './world.ts';

/** What a fault did; times in milliseconds since 1970. */
export type FaultReport = {
  fault: Fault;
  startedAt: number;
  /** From when on nothing was done to the part any more: it was killed, or went on. */
  endedAt: number;
  /** When the part was there again: it had been started anew, or its queues were empty. */
  backAt: number;
  /** When a journey through all services worked again, after that. */
  recoveredAt: number;
  /** Why it did not recover. */
  problem: string | undefined;
};

const RECOVERS_WITHIN_MS = 90_000;

/** Applies faults one after the other, and measures how long each is felt. */
export async function runFaults(
  world: World,
  {
    faults,
    api,
    journeys,
    say,
  }: { faults: readonly Fault[]; api: Api; journeys: readonly Journey[]; say: (line: string) => void },
): Promise<FaultReport[]> {
  const reports: FaultReport[] = [];
  for (const fault of faults) {
    await pause(fault.restMs);
    const report = await runFault(world, fault, api, journeys);
    reports.push(report);
    say(`  ${nameOfFault(fault)}: ${report.problem ?? tellTimes(report)}`);
  }
  return reports;
}

async function runFault(world: World, fault: Fault, api: Api, journeys: readonly Journey[]): Promise<FaultReport> {
  const startedAt = Date.now();
  let applied = { endedAt: startedAt, backAt: startedAt };
  try {
    applied = await applyFault(world, fault);
    const recoveredAt = await firstJourney(api, journeys, RECOVERS_WITHIN_MS);
    return { fault, startedAt, ...applied, recoveredAt, problem: undefined };
  } catch (error) {
    return { fault, startedAt, ...applied, recoveredAt: Date.now(), problem: reasonOf(error) };
  }
}

function tellTimes({ endedAt, backAt, recoveredAt }: FaultReport): string {
  const seconds = (at: number): string => `${((at - endedAt) / 1_000).toFixed(1)} s`;
  return `there again after ${seconds(backAt)}, all works after ${seconds(recoveredAt)}`;
}

/** An error with what led to it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${reasonOf(error.cause)})`;
}
