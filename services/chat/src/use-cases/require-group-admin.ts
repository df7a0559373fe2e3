import { NotAGroup, NotAnAdmin } from '../domain/chat-errors.ts';
import { participantIn, type Chat } from '../domain/chat.ts';

/** The chat, if it is a group of which somebody is an admin. @throws NotAGroup, NotAnAdmin */
export function requireGroupAdmin(chat: Chat, userId: string): Chat {
  if (chat.type !== 'group') throw new NotAGroup();
  if (participantIn(chat, userId)?.role !== 'admin') throw new NotAnAdmin();
  return chat;
}
