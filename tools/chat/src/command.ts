/** What a line that was typed asks for. */
export type Command =
  | { type: 'say'; text: string }
  | { type: 'open'; name: string }
  | { type: 'group'; title: string; names: string[] }
  | { type: 'chats' | 'typing' | 'help' | 'quit' | 'nothing' }
  | { type: 'wrong'; sentence: string };

export const COMMANDS = `  /chats                 your chats
  /chat NAME             opens the chat with somebody, or the one of that title or number
  /group TITLE: A, B     makes a group with others
  /typing                shows the others that you are writing
  /quit                  ends it, as Ctrl-C does
  anything else          is said in the chat that is open; //… begins with a slash`;

/** Reads a line. What begins with a slash is a command, unless the slash is doubled. */
export function parseCommand(line: string): Command {
  const text = line.trim();
  if (text === '') return { type: 'nothing' };
  if (!text.startsWith('/')) return { type: 'say', text };
  if (text.startsWith('//')) return { type: 'say', text: text.slice(1) };
  const [, word = '', rest = ''] = /^\/(\S*)\s*(.*)$/su.exec(text) ?? [];
  switch (word) {
    case 'chats':
    case 'typing':
    case 'help':
    case 'quit':
      return { type: word };
    case 'chat':
      return rest === '' ? { type: 'wrong', sentence: 'Say with whom: /chat NAME.' } : { type: 'open', name: rest };
    case 'group':
      return parseGroup(rest);
    default:
      return { type: 'wrong', sentence: `There is no /${word}. /help says what there is.` };
  }
}

function parseGroup(rest: string): Command {
  const [, title = '', others = ''] = /^([^:]*):(.*)$/su.exec(rest) ?? [];
  const names = others.split(/[\s,]+/).filter((name) => name !== '');
  if (title.trim() === '' || names.length === 0) {
    return { type: 'wrong', sentence: 'Say what it is called and who is in it: /group TITLE: NAME, NAME.' };
  }
  return { type: 'group', title: title.trim(), names };
}
