import { rename, stat } from 'node:fs/promises';

const largestLogBytes = 10 * 1024 ** 2;

/** Puts a program's log aside before its start when it has grown large; the one that was aside goes. */
export async function keepLogSmall(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLogBytes) await rename(log, `${log}.1`);
}
