import { describe, expect, it } from '@jest/globals';
import type { FaultReport } from '../faults/run-faults.ts';
import type { Exchange } from '../load/traffic.ts';
import { checkAnswers } from '../recount/check-answers.ts';
import type { Finding } from '../recount/observed.ts';
import { checksOf, lastLine } from '../report/summary.ts';
import { faultTable } from '../report/table.ts';

const aReport = (fields: Partial<FaultReport> = {}): FaultReport => ({
  fault: { kind: 'kill', part: 'post', holdMs: 0, restMs: 0 },
  startedAt: 10_000,
  endedAt: 10_000,
  backAt: 11_000,
  recoveredAt: 12_000,
  problem: undefined,
  ...fields,
});
const anExchange = (fields: Partial<Exchange> = {}): Exchange => ({
  purpose: 'read',
  method: 'GET',
  path: '/api/posts',
  status: 200,
  code: undefined,
  failure: undefined,
  isProblem: false,
  startedAt: 10_500,
  endedAt: 10_600,
  ...fields,
});
const aLoss: Finding = { name: 'all is there', kind: 'loss', problems: [{ what: 'post p1 is missing', at: 11_000 }] };

describe('the table of faults', () => {
  it('has a row for each, over all runs', () => {
    const away = anExchange({ status: 503, isProblem: true, endedAt: 12_700 });
    const runs = [
      { seed: 1, reports: [aReport()], exchanges: [anExchange(), away], findings: [aLoss] },
      { seed: 2, reports: [aReport({ recoveredAt: 15_000 })], exchanges: [anExchange()], findings: [] },
      {
        seed: 3,
        reports: [aReport({ fault: { kind: 'pause', part: 'redis', holdMs: 9, restMs: 0 }, problem: 'no' })],
        exchanges: [],
        findings: [],
      },
    ];

    expect(faultTable(runs).split('\n').slice(2)).toEqual([
      '| kill post | 2 | 5.0 s | 5.0 s | 200: 2, 503: 1 | 2.2 s | 1 |',
      '| pause redis | 1 | never | never |  | 0.0 s | 0 |',
    ]);
  });
});

describe('the end of a run', () => {
  it('says in one line what held, and with what seed', () => {
    expect(lastLine({ seed: 7, reports: [aReport()], findings: [] })).toBe(
      'chaos: seed 7: 1 faults, 0 losses, 0 doubles, 0 wrong counts, 0 not recovered, 0 wrong answers and the like, all held',
    );
    expect(lastLine({ seed: 7, reports: [aReport({ problem: 'no journey' })], findings: [aLoss] })).toBe(
      'chaos: seed 7: 1 faults, 1 losses, 0 doubles, 0 wrong counts, 1 not recovered, 0 wrong answers and the like, 2 checks failed',
    );
  });

  it('lists each check by name', () => {
    expect(checksOf({ seed: 7, reports: [aReport()], findings: [aLoss] })).toEqual([
      { name: 'seed 7: recovers from kill post', ok: true, detail: '2000 ms' },
      { name: 'seed 7: all is there', ok: false, detail: 'post p1 is missing' },
    ]);
  });
});

describe('the answers of a run', () => {
  const namesOfFailed = (exchanges: Exchange[], report = aReport()) =>
    checkAnswers({
      exchanges: [anExchange({ purpose: 'posts go on' }), ...exchanges],
      surprises: [],
      reports: [report],
      edge: ['gateway'],
      neededForPosts: ['gateway', 'post', 'mongod'],
    })
      .filter(({ problems }) => problems.length > 0)
      .map(({ name }) => name);
  const redis = aReport({ fault: { kind: 'kill', part: 'redis', holdMs: 0, restMs: 0 } });

  it('may be that something is away while it is', () => {
    expect(namesOfFailed([anExchange({ status: 503, isProblem: true })])).toEqual([]);
  });

  it.each<[string, Partial<Exchange>]>([
    ['nothing hangs', { endedAt: 50_000 }],
    ['what fails says so as the API says it', { status: 500, isProblem: true }],
    ['what fails says so as the API says it', { status: 503 }],
    ['no connection is lost while the edge is there', { status: 0 }],
    ['nothing is away while all parts are there', { status: 503, isProblem: true, startedAt: 1, endedAt: 2 }],
    ['no valid token is refused', { status: 401, isProblem: true }],
  ])('are wrong: %s', (name, fields) => {
    expect(namesOfFailed([anExchange(fields)])).toEqual([name]);
  });

  it('lets posts be read without what they do not need', () => {
    const refused = anExchange({ purpose: 'posts go on', status: 503, isProblem: true });

    expect(namesOfFailed([refused])).toEqual([]);
    expect(namesOfFailed([refused], redis)).toEqual(['posts can be read without the parts that they do not need']);
  });
});
