/** The counts of a run: what passed and what did not. */
export interface Counts {
  passed: number;
  failed: number;
}

/** What we read of the file that jest writes with `--json --outputFile`. */
export interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

const kinds = ['steps', 'jest', 'counts'] as const;

/** What a file of results holds: the reports of check steps, what jest writes, or counts made by the command itself. */
export type ResultKind = (typeof kinds)[number];

export const isResultKind = (kind: string): kind is ResultKind => (kinds as readonly string[]).includes(kind);

/** Counts the results of a command, as its kind says. */
export function countResults(kind: ResultKind, results: unknown): Counts {
  switch (kind) {
    case 'steps':
      return countSteps(results as { ok: boolean }[]);
    case 'jest':
      return countTests(results as JestResults);
    case 'counts':
      return { passed: (results as Counts).passed, failed: (results as Counts).failed };
  }
}

/** A check step counts as one. */
export function countSteps(reports: readonly { ok: boolean }[]): Counts {
  const passed = reports.filter(({ ok }) => ok).length;
  return { passed, failed: reports.length - passed };
}

/** A test counts as one; so does a test file that could not run, and a test that was left out has not passed. */
export function countTests(results: JestResults): Counts {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites + results.numPendingTests + results.numTodoTests,
  };
}

/** A command that exited with an error has failed at least once, whatever its results say, or if there are none. */
export function withExitCode(counts: Counts | undefined, exitCode: number): Counts {
  const { passed, failed } = counts ?? { passed: 0, failed: 1 };
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}
