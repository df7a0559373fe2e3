import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import { readEnvironment } from '../src/read-environment.ts';
import { aFolder } from './temp-folder.ts';

it('takes from a .env file what the environment does not say', async () => {
  const file = join(await aFolder(), '.env');
  await writeFile(file, '# mine\nPORT=9000\nLOG_LEVEL="debug"\n');

  expect(await readEnvironment({ PORT: '7000' }, pathToFileURL(file))).toEqual({ PORT: '7000', LOG_LEVEL: 'debug' });
});

it('takes the environment as it is where there is no such file', async () => {
  const file = join(await aFolder(), '.env');

  expect(await readEnvironment({ PORT: '7000' }, pathToFileURL(file))).toEqual({ PORT: '7000' });
});
