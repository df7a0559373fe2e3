import { routeFor, subscribeFor, type BaseContext } from '@commons/platform';
import { createChatStore, type ChatStore } from './data/chat-store.ts';

/** What handlers receive. */
export type ChatContext = BaseContext & { chats: ChatStore };

export const createContext = (base: BaseContext): ChatContext =>
  Object.assign(base, { chats: createChatStore(base.db) });

export const route = routeFor<ChatContext>();
export const subscribe = subscribeFor<ChatContext>();
