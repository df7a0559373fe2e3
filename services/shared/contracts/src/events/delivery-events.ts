import { z } from 'zod';
import { id, timestamp } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

/** What has reached devices. It is a topic of its own, so that those who read `chat-events` have nothing to leave out. */
const topic = 'delivery-events';

/**
 * The messages of a chat up to `seq` have reached a device of a user's, other than that of their author. Of several within about a second
 * only the last is told of, and it may get lost: the next one stands for those before it. What is below a mark that is known says nothing.
 */
export const messageReceived = defineEvent(topic, 'MessageReceived', {
  chat_id: id,
  user_id: id,
  seq: z.int(),
  /** When the message `seq` was written to the device. */
  received_at: timestamp,
});
