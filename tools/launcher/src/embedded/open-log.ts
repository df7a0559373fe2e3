import type { Log } from '@commons/dapr-harness';
import { openLogFile } from '../log-file.ts';

export type PlatformLog = {
  /** Takes the JSON lines of services. */
  destination: { write(line: string): void };
  /** Takes what the sidecars have to say. */
  dapr: Log;
  close(): Promise<void>;
};

type Line = { level: string; service?: string; msg?: string; err?: { message?: string } };

const toTerminal = /^\{"level":"(warn|error|fatal)"/;

/** What the terminal shows of a line; the file has all of it. */
const longest = 300;

/**
 * Opens the platform's log: JSON lines in `commons.log`, of which five files of 20 MB are kept.
 * @param warn is told of warnings and errors, in words for people
 */
export function openLog(folder: string, warn: (line: string) => void): PlatformLog {
  const file = openLogFile({
    ...{ folder, name: 'commons.log', size: '20M' },
    onError: (error) => warn(`The log in ${folder} cannot be written: ${error.message}`),
  });
  const write = (line: string): void => {
    file.write(line);
    if (toTerminal.test(line)) warn(readable(JSON.parse(line) as Line));
  };
  return {
    destination: { write },
    dapr: ({ level, msg, ...rest }) => {
      if (level === 'debug') return;
      write(`${JSON.stringify({ level, time: new Date().toISOString(), service: 'dapr', ...rest, msg })}\n`);
    },
    close: () => file.close(),
  };
}

function readable({ level, service = 'commons', msg = '', err }: Line): string {
  const words = [msg, err?.message].filter(Boolean).join(': ');
  return `${level.toUpperCase()} ${service}: ${words.length > longest ? `${words.slice(0, longest)}…` : words}`;
}
