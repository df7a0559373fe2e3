import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new empty folder. It goes after all tests of a file: whatever works in it has been stopped by then. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-launcher-test-'));
  made.push(folder);
  return folder;
}
