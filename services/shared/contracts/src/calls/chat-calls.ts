import { z } from 'zod';
import { chatMessage, messageMedia } from '../events/chat-events.ts';
import { id } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/**
 * What `realtime` asks for somebody whose WebSocket is open: it may outlive its token, so the user is named, and whoever may call is
 * trusted with it. 404 and 403 are answered as to the user over HTTP.
 */
const callers = ['realtime'];
const user = z.object({ id, username: z.string() });

/** What POST /api/chats/:id/messages does; the same `client_id` again gives the same message, with `is_new` false. */
export const sendMessage = defineCall('chat', 'SendMessage', {
  callers,
  timeoutMs: 5_000,
  input: z.object({
    user,
    chat_id: id,
    content: z.string().optional(),
    media: z.array(messageMedia).optional(),
    reply_to: id.nullish(),
    client_id: z.string().max(128).optional(),
  }),
  output: z.object({ message: chatMessage, is_new: z.boolean() }),
});

/** What POST /api/chats/:id/read does. */
export const markChatRead = defineCall('chat', 'MarkChatRead', {
  callers,
  timeoutMs: 5_000,
  input: z.object({ user, chat_id: id, seq: z.int() }),
  output: z.object({ unread_count: z.int() }),
});

/** Messages of a chat after one, oldest first, for a user who takes part in it; `has_more` where the limit cut them off. */
export const listMessagesAfter = defineCall('chat', 'ListMessagesAfter', {
  callers,
  timeoutMs: 5_000,
  input: z.object({ user, chat_id: id, after_seq: z.int().min(0), limit: z.int().min(1).max(500).default(200) }),
  output: z.object({ messages: z.array(chatMessage), last_seq: z.int(), has_more: z.boolean() }),
});

/** The others who take part in a chat of the user's. */
export const listChatMates = defineCall('chat', 'ListChatMates', {
  callers,
  input: z.object({ user, chat_id: id }),
  output: z.object({ user_ids: z.array(id) }),
});

/** Everybody who shares a chat with the user, blocks left out, 5,000 at most. */
export const listContacts = defineCall('chat', 'ListContacts', {
  callers,
  timeoutMs: 5_000,
  input: z.object({ user_id: id }),
  output: z.object({ user_ids: z.array(id) }),
});
