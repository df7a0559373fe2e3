import { Refused, sender, type Send } from './http.ts';
import { SentenceError } from './sentence-error.ts';

export interface Participant {
  user_id: string;
  username: string;
}

export interface Message {
  id: string;
  chat_id: string;
  seq: number;
  author_id: string | null;
  content: string;
  media: unknown[];
  created_at: string;
  deleted: boolean;
}

export interface Chat {
  id: string;
  type: 'direct' | 'group' | 'project';
  title: string | null;
  participants: Participant[];
  last_message: Message | null;
  unread_count: number;
}

/** The calls of the public API that a chat needs, in the name of whoever has signed in. */
export interface Api {
  me: Participant;
  /** A token that still holds for a while. */
  token(): Promise<string>;
  chats(): Promise<Chat[]>;
  chat(id: string): Promise<Chat>;
  /** Undefined where nobody has that name. */
  findUser(username: string): Promise<Participant | undefined>;
  openChat(chat: { type: 'direct' | 'group'; participant_ids: string[]; title?: string }): Promise<Chat>;
  /** The latest messages, oldest first. */
  history(chatId: string, limit: number): Promise<Message[]>;
}

interface Tokens {
  token: string;
  refresh_token: string;
  expires_in: number;
}

/** A token is renewed so long before it runs out, in milliseconds. */
const AHEAD_MS = 60_000;

/** Signs in, or makes the account where there is none of that name. Throws a sentence where neither works. */
export async function signIn(options: {
  url: string;
  username: string;
  email: string;
  password: string;
}): Promise<{ api: Api; isNew: boolean }> {
  const { url, username, email, password } = options;
  const send = sender(url);
  const body = { username, password };
  try {
    const answer = await send<Tokens & { user_id: string; username: string }>('POST', '/api/auth/login', { body });
    const me = { user_id: answer.user_id, username: answer.username };
    return { api: createApi({ send, me, tokens: answer, body }), isNew: false };
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
  }
  try {
    const answer = await send<Tokens & Account>('POST', '/api/auth/register', { body: { ...body, email } });
    return {
      api: createApi({ send, me: { user_id: answer.id, username: answer.username }, tokens: answer, body }),
      isNew: true,
    };
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'user_exists') throw error;
    throw new SentenceError(`${username} has another password, or ${email} belongs to somebody else.`);
  }
}

interface Account {
  id: string;
  username: string;
}

function createApi(options: { send: Send; me: Participant; tokens: Tokens; body: object }): Api {
  const { send, me, body: credentials } = options;
  let { tokens } = options;
  let goodUntil = Date.now() + tokens.expires_in * 1_000;
  let renewing: Promise<void> | undefined;

  async function renew(): Promise<void> {
    const body = { refresh_token: tokens.refresh_token };
    tokens = await send<Tokens>('POST', '/api/auth/refresh', { body }).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      return send<Tokens>('POST', '/api/auth/login', { body: credentials });
    });
    goodUntil = Date.now() + tokens.expires_in * 1_000;
  }

  async function token(): Promise<string> {
    if (Date.now() > goodUntil - AHEAD_MS) await (renewing ??= renew().finally(() => (renewing = undefined)));
    return tokens.token;
  }

  const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
    send<Body>(method, path, { token: await token(), ...(body !== undefined && { body }) });

  return {
    me,
    token,
    chats: async () => (await ask<{ results: Chat[] }>('GET', '/api/chats?limit=100')).results,
    chat: (id) => ask('GET', `/api/chats/${id}`),
    async findUser(username) {
      const path = `/api/profiles?q=${encodeURIComponent(username)}&limit=100`;
      const { results } = await ask<{ results: Account[] }>('GET', path);
      const found = results.find((profile) => profile.username.toLowerCase() === username.toLowerCase());
      return found && { user_id: found.id, username: found.username };
    },
    openChat: (chat) => ask('POST', '/api/chats', chat),
    async history(chatId, limit) {
      const { results } = await ask<{ results: Message[] }>('GET', `/api/chats/${chatId}/messages?limit=${limit}`);
      return results.reverse();
    },
  };
}
