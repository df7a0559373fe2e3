/** `npm run test:chaos`: the platform on real parts, under load, while its parts are killed, held and flooded. */
import { writeFile } from 'node:fs/promises';
import { readOptions } from './options.ts';
import { startChaosPlatform } from './platform/platform.ts';
import { checksOf, lastLine } from './report/summary.ts';
import { faultTable, type RunResult } from './report/table.ts';
import { runSeed } from './run-seed.ts';

const options = readOptions(process.argv.slice(2));
const seeds = Array.from({ length: options.seeds }, (_, index) => options.seed + index);
const say = (line: string): void => console.log(line);
say(`chaos: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`);

const runs: RunResult[] = [];
const poison = new Set<string>();
const platform = await startChaosPlatform(options.data);
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => void platform.stop().finally(() => process.exit(130)));
try {
  for (const seed of seeds) {
    const run = await runSeed(platform, { ...options, seed, say, poison }).catch((error: unknown) =>
      brokenRun(seed, error),
    );
    runs.push(run);
    for (const { name, ok, detail } of checksOf(run))
      if (!ok) say(`FAILED ${name}\n${detail.replaceAll(/^/gm, '    ')}`);
    say(lastLine(run));
  }
} finally {
  await platform.stop();
}

const checks = runs.flatMap(checksOf);
const failed = checks.filter(({ ok }) => !ok).length;
const table = faultTable(runs);
say(`\n${table}\n`);
if (options.table !== undefined) await writeFile(options.table, `${table}\n`);
if (options.json !== undefined)
  await writeFile(options.json, JSON.stringify({ passed: checks.length - failed, failed, checks }, undefined, 2));
for (const run of runs) say(lastLine(run));
process.exitCode = failed === 0 ? 0 : 1;

/** A run that did not come to its end is a result as well. */
function brokenRun(seed: number, error: unknown): RunResult {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const finding = { name: 'the run comes to its end', kind: 'rest' as const, problems: [{ what }] };
  return { seed, reports: [], exchanges: [], findings: [finding] };
}
