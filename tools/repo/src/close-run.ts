/**
 * Ends a CI run: node close-run.ts CHECK_JSON CHECK_EXIT_CODE TESTS_JSON TESTS_EXIT_CODE
 * Prints `N passed, N failed` of the check steps and the tests together, and exits with 1 if anything failed.
 */
import { readFile } from 'node:fs/promises';
import type { JestResults } from './count-results.ts';
import { countSteps, countTests, sum, withExitCode } from './count-results.ts';

const [checkJson = '', checkExitCode = '1', testsJson = '', testsExitCode = '1'] = process.argv.slice(2);

const reports = (await readJson(checkJson)) as { ok: boolean }[] | undefined;
const results = (await readJson(testsJson)) as JestResults | undefined;
const steps = withExitCode(reports && countSteps(reports), Number(checkExitCode));
const tests = withExitCode(results && countTests(results), Number(testsExitCode));
const all = sum(steps, tests);

console.log(`Check steps: ${steps.passed} passed, ${steps.failed} failed`);
console.log(`Tests: ${tests.passed} passed, ${tests.failed} failed`);
console.log(`${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed === 0 ? 0 : 1;

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    console.log(`${path} was not written: the command that writes it did not get to its end.`);
    return undefined;
  }
}
