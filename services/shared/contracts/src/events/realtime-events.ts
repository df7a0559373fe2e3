import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

/** What replicas of `realtime` tell each other; nothing of it is kept. */
const topic = 'realtime-events';

/** Somebody is there now, with one connection or several, or is there no more. `recipient_ids` are those who share a chat with them. */
export const presenceChanged = defineEvent(topic, 'PresenceChanged', {
  user_id: id,
  online: z.boolean(),
  /** Order of the changes of this user's presence. */
  revision: z.int(),
  recipient_ids: z.array(id),
});

/** Somebody is writing in a chat; `recipient_ids` are the others who take part in it. */
export const typingStarted = defineEvent(topic, 'TypingStarted', {
  chat_id: id,
  user_id: id,
  recipient_ids: z.array(id),
});
