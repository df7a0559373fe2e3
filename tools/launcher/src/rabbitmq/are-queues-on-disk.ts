import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a broker knows its quorum queues by: their names, and what they voted for. */
const tables = ['names.dets', 'meta.dets'];

/**
 * Whether a broker has written down which quorum queues it has. It does so some moments after it made one; killed before that, it
 * would not find the queue's messages again, although it confirmed them.
 */
export async function areQueuesOnDisk(dataDir: string, nodeName: string, queues: readonly string[]): Promise<boolean> {
  for (const table of tables) {
    const content = await readFile(join(dataDir, nodeName, 'quorum', nodeName, table)).catch(() => undefined);
    // Another version may keep them elsewhere.
    if (content === undefined) continue;
    if (!queues.every((queue) => content.includes(`%2F_${queue}`))) return false;
  }
  return true;
}
