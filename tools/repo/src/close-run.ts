/**
 * Ends a CI run: node close-run.ts [NAME KIND JSON EXIT_CODE]…
 * KIND is what the JSON file is: `steps` of the check, results of `jest`, or `counts` of what passed and failed.
 * Prints a line for each, then `N passed, N failed` of all together, and exits with 1 if anything failed.
 */
import { readFile } from 'node:fs/promises';
import { countResults, isResultKind, sum, withExitCode } from './count-results.ts';
import type { Counts } from './count-results.ts';

const rest = process.argv.slice(2);
let all: Counts = { passed: 0, failed: 0 };
while (rest.length > 0) {
  const [name = '', kind = '', file = '', exitCode = '1'] = rest.splice(0, 4);
  if (!isResultKind(kind)) throw new Error(`${kind} is no kind of results`);
  const results = await readJson(file);
  const counts = withExitCode(results === undefined ? undefined : countResults(kind, results), Number(exitCode));
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  all = sum(all, counts);
}
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
