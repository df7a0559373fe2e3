import type { FaultReport } from '../faults/run-faults.ts';
import type { Exchange } from '../load/traffic.ts';
import { nameOfFault } from '../plan/plan-faults.ts';
import { isDuring } from '../recount/check-answers.ts';
import type { Finding } from '../recount/observed.ts';

export type RunResult = {
  seed: number;
  reports: readonly FaultReport[];
  exchanges: readonly Exchange[];
  findings: readonly Finding[];
};

type Row = { recoveries: number[]; times: number; answers: Map<string, number>; slowestMs: number; losses: number };

const HEAD = [
  '| fault | times | recovery, median | most | answers meanwhile | slowest | losses |',
  '| --- | ---: | ---: | ---: | --- | ---: | ---: |',
];

/** Faults of one or more runs as a table in Markdown, in the order of their names. */
export function faultTable(runs: readonly RunResult[]): string {
  const rows = new Map<string, Row>();
  for (const run of runs) for (const report of run.reports) addReport(rows, run, report);
  const lines = [...rows].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, row]) => toLine(name, row));
  return [...HEAD, ...lines].join('\n');
}

function addReport(rows: Map<string, Row>, { reports, exchanges, findings }: RunResult, report: FaultReport): void {
  const name = nameOfFault(report.fault);
  const row: Row = rows.get(name) ?? { recoveries: [], times: 0, answers: new Map(), slowestMs: 0, losses: 0 };
  rows.set(name, row);
  row.times += 1;
  if (report.problem === undefined) row.recoveries.push(report.recoveredAt - report.endedAt);
  for (const exchange of exchanges.filter((each) => isDuring(each, report))) {
    const answer = exchange.status === 0 ? 'none' : String(exchange.status);
    row.answers.set(answer, (row.answers.get(answer) ?? 0) + 1);
    row.slowestMs = Math.max(row.slowestMs, exchange.endedAt - exchange.startedAt);
  }
  row.losses += lossesSince(findings, report.startedAt, reports[reports.indexOf(report) + 1]?.startedAt);
}

/** A loss belongs to the fault that began last before the write was acknowledged. */
function lossesSince(findings: readonly Finding[], from: number, to = Infinity): number {
  const losses = findings.filter(({ kind }) => kind === 'loss').flatMap(({ problems }) => problems);
  return losses.filter(({ at }) => at !== undefined && at >= from && at < to).length;
}

function toLine(name: string, { times, recoveries, answers, slowestMs, losses }: Row): string {
  const seconds = (ms: number | undefined): string => (ms === undefined ? 'never' : `${(ms / 1_000).toFixed(1)} s`);
  const sorted = recoveries.toSorted((a, b) => a - b);
  const counted = [...answers]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([answer, count]) => `${answer}: ${count}`);
  const cells = [
    name,
    times,
    seconds(sorted[Math.floor(sorted.length / 2)]),
    recoveries.length < times ? 'never' : seconds(sorted.at(-1)),
    counted.join(', '),
    seconds(slowestMs),
    losses,
  ];
  return `| ${cells.join(' | ')} |`;
}
