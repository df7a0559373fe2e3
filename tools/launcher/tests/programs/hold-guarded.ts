/** Runs a program guarded, and stays until it is killed. Arguments: folder, patience in milliseconds, program. */
import { join } from 'node:path';
import { startGuarded } from '../../src/processes/start-guarded.ts';

const [folder = '', patienceMs, program = ''] = process.argv.slice(2);
const guarded = startGuarded({
  command: process.execPath,
  args: ['-e', program],
  logFile: join(folder, 'log'),
  pidFile: join(folder, 'pid'),
  patienceMs: Number(patienceMs),
});
console.log('started');
console.log(`ended with ${await guarded.exited}`);
