/**
 * A process of its own between the launcher and a program: runs the program, and ends it when the pipe from the launcher closes,
 * which is also what happens when the launcher is killed. Arguments: pid file, patience in milliseconds, command, its arguments.
 */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const [pidFile = '', patienceMs = '', command = '', ...args] = process.argv.slice(2);

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.once('spawn', () => writeFileSync(pidFile, String(child.pid)));
child.once('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', (code) => {
  rmSync(pidFile, { force: true });
  process.exit(code ?? 1);
});

process.stdin.once('close', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

/** Asks politely, so that the program can write what it holds, and insists when its patience is over. */
function end(): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), Number(patienceMs)).unref();
}
