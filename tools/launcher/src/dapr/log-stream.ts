import { openLogFile, type LogFile } from '../log-file.ts';

export type LogStream = {
  /** Gives the function that takes the lines of a part: they go to `<part>.log`, and in words to the terminal. */
  of(part: string): (line: string) => void;
  close(): Promise<void>;
};

export type LogStreamOptions = {
  folder: string;
  /** Shows a line to people. */
  show: (line: string) => void;
  /** Width of the column with the names of parts. */
  nameWidth: number;
};

/** A line of a service (pino) or of a sidecar (Dapr's JSON), as far as people are shown it. */
type Line = { time?: string; level?: string; msg?: string; err?: { message?: string }; error?: string; scope?: string };

/** What the terminal shows of a line; the file has all of it. */
const longest = 240;
const loud = /^(error|fatal)$/;
const named = new Set(['time', 'level', 'msg', 'err', 'error', 'scope', 'service', 'pid', 'hostname', 'stack']);
const ofSidecars = new Set(['app_id', 'instance', 'type', 'ver', 'trace_id', 'span_id', 'request_id']);

/** Brings the logs of all parts into one stream that names them, and keeps five files of 10 MB of each. */
export function openLogStream({ folder, show, nameWidth }: LogStreamOptions): LogStream {
  const files = new Map<string, LogFile>();
  const fileOf = (part: string): LogFile => {
    const onError = (error: Error): void => show(`The log of ${part} cannot be written: ${error.message}`);
    const file = files.get(part) ?? openLogFile({ folder, name: `${part}.log`, size: '10M', onError });
    files.set(part, file);
    return file;
  };
  return {
    of(part) {
      const file = fileOf(part);
      const isSidecar = part.endsWith('-dapr');
      return (text) => {
        file.write(`${text}\n`);
        const line = parse(text);
        // A sidecar tells what it does at length; of that, only its errors are shown.
        if (isSidecar && !loud.test(line?.level ?? 'error')) return;
        show(`${part.padEnd(nameWidth)} ${line ? readable(line) : text}`);
      };
    },
    async close() {
      await Promise.all([...files.values()].map((file) => file.close()));
    },
  };
}

function parse(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function readable(line: Line): string {
  const time = new Date(line.time ?? Date.now()).toISOString().slice(11, 23);
  const level = (line.level ?? '').replace('warning', 'warn').toUpperCase().padEnd(5);
  const words = [line.msg, line.err?.message ?? line.error].filter(Boolean).join(': ');
  const rest = Object.entries(line)
    .filter(([name]) => !named.has(name) && !ofSidecars.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const text = [words, ...rest].join(' ').replaceAll('\n', ' ');
  return `${time} ${level} ${text.length > longest ? `${text.slice(0, longest)}…` : text}`;
}
