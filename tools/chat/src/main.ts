import { signIn, type Api } from './api.ts';
import { createLink } from './link.ts';
import { HELP, parseOptions, type ChatOptions } from './options.ts';
import { SentenceError } from './sentence-error.ts';
import { createSession } from './session.ts';
import { askSecret, openTerminal, type Terminal } from './terminal.ts';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await chat(options);
} catch (error) {
  if (!(error instanceof SentenceError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function chat(options: ChatOptions): Promise<void> {
  const { username } = options;
  const { api, isNew } = await signIn({ ...options, password: await passwordOf(username) });
  const terminal = openTerminal(process.stdin, process.stdout);
  try {
    terminal.print(isNew ? `Welcome, ${username}: the account is new.` : `Welcome back, ${api.me.username}.`);
    await talk(terminal, api, options.url);
  } finally {
    terminal.close();
  }
}

async function passwordOf(username: string): Promise<string> {
  const { CHAT_PASSWORD } = process.env;
  if (CHAT_PASSWORD) return CHAT_PASSWORD;
  if (!process.stdin.isTTY) throw new SentenceError('Nobody can be asked for a password: set CHAT_PASSWORD.');
  return askSecret(`Password of ${username}: `);
}

async function talk(terminal: Terminal, api: Api, url: string): Promise<void> {
  const link = createLink({
    url,
    token: api.token,
    onFrame: (frame) => session.receive(frame),
    onOpen: (isAgain) => session.connected(isAgain),
    onLost: () => terminal.print('(the connection is lost; it comes back by itself)'),
    onEnded: (sentence) => {
      terminal.print(sentence);
      terminal.close();
    },
  });
  const session = createSession({ api, link, screen: terminal });
  await session.begin();
  terminal.print('/help says what there is.');
  terminal.setPrompt('> ');
  link.open();
  try {
    await terminal.run(
      (line) => session.take(line),
      () => session.typed(),
    );
  } finally {
    link.close();
  }
}
