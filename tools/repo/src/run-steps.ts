import { performance } from 'node:perf_hooks';
import pLimit from 'p-limit';
import type { Outcome, Step } from './steps.ts';

/** A step's outcome with its name and how long it took. */
export interface StepReport extends Outcome {
  name: string;
  seconds: number;
}

/**
 * Runs all steps, `parallel` at a time, in their order; a step that throws has failed, and stops no other.
 * `onDone` hears of each as it ends. The reports come in the order of the steps.
 */
export async function runSteps(
  steps: readonly Step[],
  { parallel, onDone }: { parallel: number; onDone: (report: StepReport) => void },
): Promise<StepReport[]> {
  const limit = pLimit(parallel);
  return limit.map(steps, async (step) => {
    const startedAt = performance.now();
    const outcome = await outcomeOf(step);
    const report = { name: step.name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
    onDone(report);
    return report;
  });
}

async function outcomeOf(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}
