import { listUsers, type ChatMessage } from '@commons/contracts';
import {
  aUser,
  buildService,
  fakeCall,
  type BuildOptions,
  type ServiceUnderTest,
  type TestUser,
} from '@commons/platform/testing';
import type { ChatContext } from '../src/context.ts';
import { service } from '../src/service.ts';

/** A chat as it is answered. */
export type ShownChat = {
  id: string;
  type: string;
  title: string | null;
  participants: { user_id: string; username: string; role: string; joined_at: string }[];
  last_message: ChatMessage | null;
  unread_count: number;
  created_at: string;
  updated_at: string;
};

export type ChatUnderTest = ServiceUnderTest<ChatContext> & {
  /** Somebody who has an account. */
  person(): TestUser;
  /** Gives an account of the fake `auth` another name. */
  rename(user: TestUser, username: string): void;
  direct(user: TestUser, other: TestUser): Promise<string>;
  group(admin: TestUser, members: TestUser[], title?: string): Promise<string>;
  say(user: TestUser, chatId: string, content: string, fields?: object): Promise<ChatMessage>;
  read(user: TestUser, chatId: string, seq: number): Promise<number>;
  show(user: TestUser, chatId: string): Promise<ShownChat>;
  list(user: TestUser): Promise<ShownChat[]>;
  /** The messages of a chat, newest first. */
  history(user: TestUser, chatId: string, query?: string): Promise<ChatMessage[]>;
  isIdle(): Promise<boolean>;
};

export async function buildChat({ fakes = [], ...options }: BuildOptions = {}): Promise<ChatUnderTest> {
  const names = new Map<string, { username: string; username_revision: number }>();
  const users = fakeCall(listUsers, ({ ids = [] }) => ({
    users: ids.flatMap((id) => {
      const name = names.get(id);
      return name ? [{ id, ...name, roles: [], status: 'active' as const }] : [];
    }),
  }));
  const chat = await buildService(service, { ...options, fakes: [users, ...fakes] });
  const make = async (user: TestUser, body: object): Promise<string> =>
    (await chat.as(user).post('/api/chats').send(body)).body.id as string;

  return {
    ...chat,
    person() {
      const user = aUser();
      names.set(user.id, { username: user.username, username_revision: 1 });
      return user;
    },
    rename: (user, username) => void names.set(user.id, { username, username_revision: 2 }),
    direct: (user, other) => make(user, { type: 'direct', participant_ids: [other.id] }),
    group: (admin, members, title = 'A group') =>
      make(admin, { type: 'group', participant_ids: members.map(({ id }) => id), title }),
    async say(user, chatId, content, fields = {}) {
      const path = `/api/chats/${chatId}/messages`;
      return (
        await chat
          .as(user)
          .post(path)
          .send({ content, ...fields })
          .expect(201)
      ).body as ChatMessage;
    },
    async read(user, chatId, seq) {
      const { body } = await chat.as(user).post(`/api/chats/${chatId}/read`).send({ seq }).expect(200);
      return body.unread_count as number;
    },
    show: async (user, chatId) => (await chat.as(user).get(`/api/chats/${chatId}`).expect(200)).body as ShownChat,
    list: async (user) => (await chat.as(user).get('/api/chats').expect(200)).body.results as ShownChat[],
    async history(user, chatId, query = '') {
      const { body } = await chat.as(user).get(`/api/chats/${chatId}/messages${query}`).expect(200);
      return body.results as ChatMessage[];
    },
    isIdle: async () => (await chat.ctx.db.collection('jobs').countDocuments()) === 0,
  };
}

export const contents = (messages: readonly ChatMessage[]): string[] => messages.map(({ content }) => content);
export const ids = (users: readonly TestUser[]): string[] => users.map(({ id }) => id);

/** The data of events about a chat. */
export async function told(
  chat: ChatUnderTest,
  event: Parameters<ChatUnderTest['published']>[0],
  chatId: string,
): Promise<Record<string, unknown>[]> {
  const about = ({ data }: { data: Record<string, unknown> }): boolean =>
    (data['chat_id'] ?? (data['message'] as ChatMessage | undefined)?.chat_id) === chatId;
  return (await chat.published(event)).filter(about).map(({ data: { v, meta, ...rest } }) => rest);
}
