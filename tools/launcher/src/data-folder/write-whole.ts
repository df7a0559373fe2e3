import { rename, writeFile } from 'node:fs/promises';

/** Writes a file so that it has either its old content or the new one, whatever happens in between. Only its owner may read it. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, content, { mode: 0o600, flush: true });
  await rename(aside, file);
}
