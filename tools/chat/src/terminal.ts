import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Screen } from './session.ts';

export interface Terminal extends Screen {
  /** Has each line taken, one after the other, until `take` answers false, the input ends or Ctrl-C is pressed; `onTyped` hears of keys. */
  run(take: (line: string) => Promise<boolean>, onTyped: () => void): Promise<void>;
  close(): void;
}

/** Asks for what must not be seen. */
export async function askSecret(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stdout.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new Error('nothing was said')));
      lines.question('', resolve);
    });
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}

/** The terminal: lines that come stand above the one that is being typed. */
export function openTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  const isTerminal = [input, output].every(({ isTTY }) => isTTY);
  const lines = createInterface({ input, output, terminal: isTerminal, prompt: '' });
  let isRunning = false;

  return {
    print(line) {
      output.write(isTerminal ? `\r\u001b[K${line}\n` : `${line}\n`);
      if (isTerminal && isRunning) lines.prompt(true);
    },
    setPrompt: (prompt) => lines.setPrompt(isTerminal ? prompt : ''),
    async run(take, onTyped) {
      if (isTerminal) input.on('keypress', () => isSaying(lines.line) && onTyped());
      lines.on('SIGINT', () => lines.close());
      isRunning = true;
      lines.prompt();
      for await (const line of lines) {
        if (!(await take(line))) break;
        lines.prompt();
      }
      isRunning = false;
    },
    close: () => lines.close(),
  };
}

/** What is typed is for the others, rather than a command. */
const isSaying = (line: string): boolean => line !== '' && !line.startsWith('/');
