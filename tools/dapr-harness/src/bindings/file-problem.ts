import { messageOf } from '../message-of.ts';

const WORDS: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
};

/** What went wrong with a file as Go says it, e.g. `stat /data/a: no such file or directory`. */
export function fileProblem(action: string, path: string, error: unknown): string {
  const words = WORDS[(error as NodeJS.ErrnoException).code ?? ''];
  return words === undefined ? messageOf(error) : `${action} ${path}: ${words}`;
}
