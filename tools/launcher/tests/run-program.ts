import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

export type Program = {
  pid: number;
  /** Settles when it has printed a line that contains `part`, with that line. */
  printed(part: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** What it was like when it ended. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
};

type Options = { args?: readonly string[]; cwd?: string; env?: NodeJS.ProcessEnv };

const running = new Set<Program>();

afterEach(async () => {
  for (const program of running) program.kill('SIGKILL');
  await Promise.all([...running].map(({ ended }) => ended));
});

/** Runs a program with Node in a process of its own, from a file beside the tests. */
export function runProgram(file: string, { args = [], cwd, env = {} }: Options = {}): Program {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, path, ...args], {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const program: Program = {
    pid: child.pid ?? 0,
    printed: (part) => lineWith(child.stdout, part),
    kill: (signal) => child.kill(signal),
    ended: Promise.all([once(child, 'exit'), output]).then(([[code], [stdout, stderr]]) => {
      running.delete(program);
      return { code: code as number | null, stdout, stderr };
    }),
  };
  running.add(program);
  return program;
}

function lineWith(stream: NodeJS.ReadableStream, part: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const line = seen
        .split('\n')
        .slice(0, -1)
        .find((each) => each.includes(part));
      if (line !== undefined) resolve(line);
    });
    stream.once('end', () => reject(new Error(`It ended without printing ${part}. It printed:\n${seen}`)));
  });
}
