import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { checkSteps } from './check-steps.ts';
import { lineOf, summaryOf } from './report.ts';
import { runSteps } from './run-steps.ts';

const root = new URL('../../../', import.meta.url);

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const steps = checkSteps(root);
const unknown = positionals.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}. The steps are: ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

const startedAt = performance.now();
const reports = await runSteps(
  steps.filter((step) => positionals.length === 0 || positionals.includes(step.name)),
  { parallel: availableParallelism(), onDone: (report) => console.log(lineOf(report)) },
);
console.log(summaryOf(reports, (performance.now() - startedAt) / 1000));
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(reports, null, 2));
process.exitCode = reports.every((report) => report.ok) ? 0 : 1;
