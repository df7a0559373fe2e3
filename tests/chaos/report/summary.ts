import type { FaultReport } from '../faults/run-faults.ts';
import { nameOfFault } from '../plan/plan-faults.ts';
import type { Finding } from '../recount/observed.ts';
import type { RunResult } from './table.ts';

export type Check = { name: string; ok: boolean; detail: string };

const SHOWN = 8;

/** Everything that had to hold in a run, faults first. */
export function checksOf({ seed, reports, findings }: Pick<RunResult, 'seed' | 'reports' | 'findings'>): Check[] {
  return [
    ...reports.map(({ fault, problem, recoveredAt, endedAt }) => ({
      name: `seed ${seed}: recovers from ${nameOfFault(fault)}`,
      ok: problem === undefined,
      detail: problem ?? `${recoveredAt - endedAt} ms`,
    })),
    ...findings.map(({ name, problems }) => ({
      name: `seed ${seed}: ${name}`,
      ok: problems.length === 0,
      detail: shorten(problems.map(({ what }) => what)).join('\n'),
    })),
  ];
}

/** The line with which a run ends. */
export function lastLine({ seed, reports, findings }: Pick<RunResult, 'seed' | 'reports' | 'findings'>): string {
  const count = (kind: Finding['kind']): number =>
    findings.filter((finding) => finding.kind === kind).reduce((sum, { problems }) => sum + problems.length, 0);
  const failed = checksOf({ seed, reports, findings }).filter(({ ok }) => !ok).length;
  const words = [
    `${reports.length} faults`,
    `${count('loss')} losses`,
    `${count('double')} doubles`,
    `${count('count')} wrong counts`,
    `${reports.filter(isStuck).length} not recovered`,
    `${count('rest')} wrong answers and the like`,
    failed === 0 ? 'all held' : `${failed} checks failed`,
  ];
  return `chaos: seed ${seed}: ${words.join(', ')}`;
}

const isStuck = ({ problem }: FaultReport): boolean => problem !== undefined;

const shorten = (lines: readonly string[]): string[] =>
  lines.length <= SHOWN ? [...lines] : [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`];
