import type { FaultReport } from '../faults/run-faults.ts';
import { HANG_MS } from '../load/api.ts';
import { POST_READING } from '../load/post-reader.ts';
import type { Exchange } from '../load/traffic.ts';
import { nameOfFault } from '../plan/plan-faults.ts';
import type { Finding, Problem } from './observed.ts';

export type Answers = {
  exchanges: readonly Exchange[];
  surprises: readonly string[];
  reports: readonly FaultReport[];
  /** Names of the parts without which no request comes in. */
  edge: readonly string[];
  /** Names of the parts without which no post can be read. */
  neededForPosts: readonly string[];
};

/** What the API may answer while something is away: that it is, that it is broken, that it takes too long. */
const AWAY = [502, 503, 504];
/** What went wrong shortly before the first journey worked may be answered shortly after. */
const GRACE_MS = 2_000;

/** Whether every answer was one that the API may give at that time. */
export function checkAnswers({ exchanges, surprises, reports, edge, neededForPosts }: Answers): Finding[] {
  const during = (exchange: Exchange): FaultReport[] => reports.filter((report) => isDuring(exchange, report));
  const rest = (name: string, problems: Problem[]): Finding => ({ name, kind: 'rest', problems });
  const of = (wrong: (exchange: Exchange) => boolean): Problem[] => exchanges.filter(wrong).map(describe);
  const readings = exchanges.filter(({ purpose }) => purpose === POST_READING);
  return [
    rest(
      'nothing hangs',
      of(({ startedAt, endedAt }) => endedAt - startedAt > HANG_MS),
    ),
    rest(
      'what fails says so as the API says it',
      of(({ status, isProblem }) => status >= 400 && (!isProblem || (status >= 500 && !AWAY.includes(status)))),
    ),
    rest(
      'no connection is lost while the edge is there',
      of((exchange) => exchange.status === 0 && !during(exchange).some(({ fault }) => edge.includes(fault.part))),
    ),
    rest(
      'nothing is away while all parts are there',
      of((exchange) => AWAY.includes(exchange.status) && during(exchange).length === 0),
    ),
    rest(
      'no valid token is refused',
      of(({ status }) => status === 401),
    ),
    rest(
      'every refusal has a reason',
      surprises.map((what) => ({ what })),
    ),
    rest('posts can be read without the parts that they do not need', [
      ...readings.filter((reading) => !isGood(reading) && !isExcused(during(reading), neededForPosts)).map(describe),
      ...reports
        .filter(({ fault }) => !neededForPosts.includes(fault.part))
        .filter((report) => !readings.some((reading) => isDuring(reading, report) && isGood(reading)))
        .map(({ fault }) => ({ what: `nobody read a post during ${nameOfFault(fault)}` })),
    ]),
  ];
}

/** Whether a request was on its way while a fault was felt. */
export const isDuring = ({ startedAt, endedAt }: Exchange, report: FaultReport): boolean =>
  endedAt >= report.startedAt && startedAt <= report.recoveredAt + GRACE_MS;

/** A post may be deleted while somebody is about to read it. */
const isGood = ({ status }: Exchange): boolean => status === 200 || status === 404;

const isExcused = (reports: readonly FaultReport[], needed: readonly string[]): boolean =>
  reports.some(({ fault }) => needed.includes(fault.part));

function describe({ purpose, method, path, status, code, failure, startedAt, endedAt }: Exchange): Problem {
  const answer = status === 0 ? `no answer (${failure ?? 'unknown'})` : `${status} ${code ?? ''}`.trim();
  const what = `${purpose}: ${method} ${path}: ${answer} after ${endedAt - startedAt} ms`;
  return { what: `${what} at ${new Date(startedAt).toISOString()}`, at: startedAt };
}
