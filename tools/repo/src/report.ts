import type { StepReport } from './run-steps.ts';

/** The line that a step leaves: its name, whether it holds, how long it took. */
export function lineOf({ name, ok, seconds }: StepReport): string {
  return `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s`;
}

/** What the failing steps said, then one closing line. */
export function summaryOf(reports: readonly StepReport[], seconds: number): string {
  const failed = reports.filter((report) => !report.ok);
  const details = failed.map(({ name, output }) => `\n--- ${name} ---\n${output.trim()}\n`);
  const passed = reports.length - failed.length;
  return `${details.join('')}\n${reports.length} steps: ${passed} passed, ${failed.length} failed, in ${seconds.toFixed(1)} s`;
}
