/** `up` brings a cluster up, `down` takes it away. */
import { readConfig } from './config.ts';
import { down } from './down.ts';
import { up } from './up.ts';

const commands = { up, down };
const name = process.argv[2] ?? '';
const command = Object.entries(commands).find(([known]) => known === name)?.[1];

try {
  if (command === undefined) throw new Error(`Say one of: ${Object.keys(commands).join(', ')}.`);
  await command(readConfig(), (line) => console.log(line));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
