import { join } from 'node:path';
import type { Helm } from './helm.ts';

/** The two ways to run the platform that the umbrella has values for. */
export const WAYS = ['dev', 'prod'] as const;

/** Runs `helm lint --strict` on every chart, and on the umbrella with each of its values. @throws Error with what is wrong */
export async function lintCharts(helm: Helm, charts: string, services: readonly string[]): Promise<string> {
  const umbrella = join(charts, 'commons');
  const runs = [
    ...['commons-service', ...services].map((name) => [join(charts, name)]),
    ...WAYS.map((way) => [umbrella, '-f', join(umbrella, `values-${way}.yaml`)]),
  ];
  const outcomes = await Promise.allSettled(runs.map((run) => helm('lint', '--strict', '--quiet', ...run)));
  const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  if (problems.length > 0) throw new Error(problems.join('\n\n'));
  return `${runs.length} charts and values linted, none failed.`;
}
