import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../data-folder/write-whole.ts';
import { isAlive } from '../processes/running-process.ts';
import type { PartStatus } from './part.ts';

export type PartsFile = { url: string; pid: number; parts: PartStatus[] };

const partsFile = z.object({
  url: z.string(),
  pid: z.number().int(),
  parts: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['backend', 'sidecar', 'service']),
      service: z.string().optional(),
      replica: z.number().int().optional(),
      pid: z.number().int().nullable(),
      port: z.number().int().nullable(),
      restarts: z.number().int(),
      state: z.enum(['starting', 'ready', 'ended', 'stopped']),
      readySince: z.string().nullable(),
    }),
  ),
});

const fileIn = (dataDir: string): string => join(dataDir, 'run', 'parts.json');

/** Keeps the file that says what runs; changes that come at once are written together. `written` settles when the file says how things stand. */
export function createPartsWriter(
  dataDir: string,
  current: () => PartsFile,
): { changed(): void; written(): Promise<void> } {
  let writing = Promise.resolve();
  let isWaiting = false;
  const changed = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    writing = writing.then(() => {
      isWaiting = false;
      return writeWhole(fileIn(dataDir), `${JSON.stringify(current(), undefined, 2)}\n`);
    });
  };
  return {
    changed,
    async written() {
      changed();
      await writing;
    },
  };
}

/** What runs on a data folder; undefined when nothing does. */
export async function readParts(dataDir: string): Promise<PartsFile | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  const found = text === undefined ? undefined : (partsFile.parse(JSON.parse(text)) as PartsFile);
  return found !== undefined && isAlive(found.pid) ? found : undefined;
}
