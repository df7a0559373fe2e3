import {
  answerFor,
  createBlocks,
  createFollows,
  createJobs,
  createKeyedQueue,
  createUsers,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Blocks,
  type Jobs,
  type KeyedQueue,
  type RelationCopies,
  type Users,
} from '@commons/platform';
import { createChatList, type ChatList } from './data/chat-list.ts';
import { createChatStore, type ChatStore } from './data/chat-store.ts';
import { createMessageList, type MessageList } from './data/message-list.ts';
import { createMessageStore, type MessageStore } from './data/message-store.ts';
import { createPersonStore, type PersonStore } from './data/person-store.ts';
import { createProjectStore, type ProjectStore } from './data/project-store.ts';
import { createReadMarkStore, type ReadMarkStore } from './data/read-mark-store.ts';

/** What is too much for one event or request: the messages of a chat that has gone, all that an erased user wrote. */
type ChatJobs = { 'purge-chat': { chat_id: string }; 'erase-person': { user_id: string } };

/** What handlers of this service receive. */
export type ChatContext = BaseContext & {
  chats: ChatStore;
  chatList: ChatList;
  messages: MessageStore;
  messageList: MessageList;
  readMarks: ReadMarkStore;
  people: PersonStore;
  projects: ProjectStore;
  follows: RelationCopies;
  blocks: Blocks;
  users: Users;
  jobs: Jobs<ChatJobs>;
  /** Changes of one chat stand in line, by its id. */
  queue: KeyedQueue;
};

export const createContext = (base: BaseContext): ChatContext =>
  Object.assign(base, {
    chats: createChatStore(base.db),
    chatList: createChatList(base.db),
    messages: createMessageStore(base.db),
    messageList: createMessageList(base.db),
    readMarks: createReadMarkStore(base.db),
    people: createPersonStore(base.db),
    projects: createProjectStore(base.db),
    follows: createFollows(base.db),
    blocks: createBlocks(base.db),
    users: createUsers(base),
    jobs: createJobs<ChatJobs>(base),
    queue: createKeyedQueue(),
  });

export const route = routeFor<ChatContext>();
export const answer = answerFor<ChatContext>();
export const subscribe = subscribeFor<ChatContext>();
