/** `up` brings a cluster up with the platform on it, `up --bare` one without; `down` takes it away. */
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { down } from './down.ts';
import { up } from './up.ts';

try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { bare: { type: 'boolean' } } });
  const [command] = positionals;
  const print = (line: string) => console.log(line);
  if (command === 'up') await up(readConfig(), print, { isBare: values.bare ?? false });
  else if (command === 'down') await down(readConfig(), print);
  else throw new Error('Say up, up --bare or down.');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
