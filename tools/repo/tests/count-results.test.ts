import { describe, expect, it } from '@jest/globals';
import { countResults, countSteps, countTests, isResultKind, sum, withExitCode } from '../src/count-results.ts';

const results = {
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('the count of a CI run', () => {
  it('counts a check step as one', () => {
    expect(countSteps([{ ok: true }, { ok: false }, { ok: true }])).toEqual({ passed: 2, failed: 1 });
  });

  it('counts tests, and holds nothing for passed that did not run', () => {
    expect(countTests(results)).toEqual({ passed: 10, failed: 0 });
    expect(
      countTests({ ...results, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3, numRuntimeErrorTestSuites: 4 }),
    ).toEqual({ passed: 10, failed: 10 });
  });

  it('counts a command as failed that ended badly or left no results', () => {
    expect(withExitCode({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
    expect(withExitCode({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(withExitCode({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(withExitCode(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('knows three kinds of results and no other', () => {
    expect(countResults('steps', [{ ok: true }])).toEqual({ passed: 1, failed: 0 });
    expect(countResults('jest', results)).toEqual({ passed: 10, failed: 0 });
    expect(countResults('counts', { passed: 5, failed: 1, checks: [] })).toEqual({ passed: 5, failed: 1 });
    expect(['steps', 'jest', 'counts', 'toString'].filter(isResultKind)).toEqual(['steps', 'jest', 'counts']);
  });

  it('adds up', () => {
    expect(sum({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
  });
});
