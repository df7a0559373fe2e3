import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LaunchProblem } from '../launch-problem.ts';
import { lockName } from './lock.ts';
import { writeWhole } from './write-whole.ts';

/** Counts up when a start could not read an older folder any more. */
const format = 1;
const markerName = 'commons.json';

const markerSchema = z.object({ format: z.number().int().positive(), created_at: z.iso.datetime() });

/**
 * Makes sure that a folder is ours to write in: it bears our marker, or is empty.
 * @returns whether it bears the marker
 * @throws LaunchProblem when it is someone else's, of a newer format, or its marker is damaged
 */
export async function checkOwner(folder: string): Promise<boolean> {
  const file = join(folder, markerName);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    checkMarker(folder, file, text);
    return true;
  }
  if (await isEmpty(folder)) return false;
  throw new LaunchProblem(
    `The folder ${folder} holds files that are not Commons’: set DATA_DIR to an empty or new folder.`,
  );
}

/** Puts our marker into a folder. */
export async function markFolder(folder: string, now: Date): Promise<void> {
  await writeWhole(join(folder, markerName), `${JSON.stringify({ format, created_at: now.toISOString() })}\n`);
}

function checkMarker(folder: string, file: string, text: string): void {
  const marker = parse(text);
  if (marker === undefined) {
    throw new LaunchProblem(`The file ${file} is damaged: restore it from a copy, or set DATA_DIR to another folder.`);
  }
  if (marker.format > format) {
    throw new LaunchProblem(
      `The data in ${folder} is of format ${marker.format} and this Commons knows ${format}: run a newer one, or set DATA_DIR to another folder.`,
    );
  }
}

function parse(text: string): z.infer<typeof markerSchema> | undefined {
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What a start that was cut off may have left counts for nothing. */
async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.every((name) => name.startsWith(lockName) || name.startsWith(`${markerName}.`));
}
