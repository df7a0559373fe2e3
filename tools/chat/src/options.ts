import { parseArgs } from 'node:util';
import { SentenceError } from './sentence-error.ts';

/** Who chats, and where. */
export interface ChatOptions {
  username: string;
  /** for a new account */
  email: string;
  /** the gateway, without a slash at the end */
  url: string;
}

const DEFAULT_URL = 'http://localhost:8000';

export const HELP = `Chats of a running platform in a terminal. An account that is not there yet is made.

  npm run chat -- --as NAME [options]

  --as NAME      the username
  --email EMAIL  for a new account (NAME@example.com)
  --url URL      the platform's gateway (${DEFAULT_URL})

The password is asked for, or taken from CHAT_PASSWORD.
`;

/** Reads the command line. Answers 'help' where help is asked for. Throws a sentence for what makes no sense. */
export function parseOptions(argv: readonly string[]): ChatOptions | 'help' {
  const values = read(argv);
  if (values.help) return 'help';
  const { as: username = '', email = `${username}@example.com`, url = DEFAULT_URL } = values;
  if (!/^[A-Za-z0-9_.-]{3,32}$/.test(username)) {
    throw new SentenceError(
      `Say who you are with --as: 3 to 32 of A–Z, a–z, 0–9, "_", "." and "-", not "${username}".`,
    );
  }
  if (!/^https?:\/\/[^/]/.test(url)) {
    throw new SentenceError(`--url must be an address like ${DEFAULT_URL}, not "${url}".`);
  }
  return { username, email, url: url.replace(/\/+$/, '') };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        as: { type: 'string' },
        email: { type: 'string' },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error as Error).message.split('. ');
    throw new SentenceError(`${reason ?? ''} (see npm run chat -- --help)`);
  }
}
