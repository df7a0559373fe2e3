import { readFile, writeFile } from 'node:fs/promises';
import { findFreePort, isPortFree } from './free-port.ts';

/** The loopback port that a file names if nothing listens there, else another one, which the file then names. */
export async function keptPort(file: string): Promise<number> {
  const last = await lastPort(file);
  if (last !== undefined && (await isPortFree(last))) return last;
  const port = await findFreePort();
  await writeFile(file, String(port));
  return port;
}

/** The port that a file names, free or not. */
export async function lastPort(file: string): Promise<number | undefined> {
  const port = Number(await readFile(file, 'utf8').catch(() => '0'));
  return port > 0 ? port : undefined;
}
