import {
  chatReadFrame,
  chatTypingFrame,
  messageCreatedFrame,
  presenceFrame,
  type ChatMessage,
  type chatRead,
  type EventData,
  type typingStarted,
} from '@commons/contracts';
import type { ServerFrame } from './frames.ts';
import type { PresenceFlip } from './presence.ts';

/** A message has the same frame however it comes: as it is sent, or afterwards. */
export const messageFrame = (message: ChatMessage): ServerFrame => ({
  type: messageCreatedFrame.type,
  id: message.id,
  data: message,
});

export const readFrame = (id: string, { chat_id, user_id, seq }: EventData<typeof chatRead>): ServerFrame => ({
  type: chatReadFrame.type,
  id,
  data: { chat_id, user_id, seq },
});

export const typingFrame = (id: string, { chat_id, user_id }: EventData<typeof typingStarted>): ServerFrame => ({
  type: chatTypingFrame.type,
  id,
  data: { chat_id, user_id },
});

/** A change of somebody's presence has the same id for whoever is told of it, and when. */
export const presenceFrameOf = ({ userId, online, revision }: PresenceFlip): ServerFrame => ({
  type: presenceFrame.type,
  id: `${userId}:${revision}`,
  data: { user_id: userId, online },
});
