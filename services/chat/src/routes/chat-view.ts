import { chatMessage, chatType, id, participantRole, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { ShownChat } from '../use-cases/show-chats.ts';

const participantView = z.object({ user_id: id, username: z.string(), role: participantRole, joined_at: timestamp });

/** A chat as one who takes part in it gets it. */
export const chatView = z.object({
  id,
  type: chatType,
  title: z.string().nullable(),
  participants: z.array(participantView),
  last_message: chatMessage.nullable(),
  unread_count: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
});

export const toChatView = ({ chat, participants, lastMessage, unreadCount }: ShownChat): z.infer<typeof chatView> => ({
  id: chat.id,
  type: chat.type,
  title: chat.title,
  participants: participants.map(({ userId, username, role, joinedAt }) => ({
    user_id: userId,
    username,
    role,
    joined_at: joinedAt.toISOString(),
  })),
  last_message: lastMessage,
  unread_count: unreadCount,
  created_at: chat.createdAt.toISOString(),
  updated_at: chat.updatedAt.toISOString(),
});
