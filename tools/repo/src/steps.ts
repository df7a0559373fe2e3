import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** What came of a step: whether it holds, and what to print when it does not. */
export interface Outcome {
  ok: boolean;
  output: string;
}

/** One thing that is checked, under the name that a developer reads and may ask for. */
export interface Step {
  name: string;
  run: () => Promise<Outcome>;
}

/**
 * A step that runs a program of `node_modules/.bin` (or of the path) in `root`; it holds when the program exits with 0.
 *
 * @example program('types', root, 'tsc', ['-b'])
 */
export function program(name: string, root: string, file: string, args: readonly string[]): Step {
  return { name, run: () => runProgram(root, file, args) };
}

/** A step that is a function of ours: `findProblems` answers a sentence for each thing that is wrong. */
export function rule(name: string, findProblems: () => Promise<readonly string[]>): Step {
  return {
    name,
    run: async () => {
      const problems = await findProblems();
      return { ok: problems.length === 0, output: problems.join('\n') };
    },
  };
}

function runProgram(root: string, file: string, args: readonly string[]): Promise<Outcome> {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
