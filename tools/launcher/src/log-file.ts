import { once } from 'node:events';
import { createStream } from 'rotating-file-stream';

export type LogFile = {
  /** Takes lines, each with its end. */
  write(lines: string): void;
  /** Writes what waits, and closes the file. */
  close(): Promise<void>;
};

export type LogFileOptions = {
  folder: string;
  name: string;
  /** How large a file becomes before the next is begun, e.g. `20M`; five are kept. */
  size: string;
  onError: (error: Error) => void;
};

/**
 * Opens a log file. Lines that come while others are being written wait and are written together: one by one they would be written more slowly
 * than a busy platform makes them.
 */
export function openLogFile({ folder, name, size, onError }: LogFileOptions): LogFile {
  const file = createStream(name, { path: folder, size, maxFiles: 5, mode: 0o600 });
  file.on('error', onError);
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const text = waiting.join('');
      waiting = [];
      await new Promise<void>((resolve) => file.write(text, () => resolve()));
    }
    writing = undefined;
  }

  return {
    write(lines) {
      waiting.push(lines);
      writing ??= writeAll();
    },
    async close() {
      await writing;
      file.end();
      await once(file, 'close');
    },
  };
}
