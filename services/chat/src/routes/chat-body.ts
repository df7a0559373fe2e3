import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Chat } from '../data/chat-store.ts';

/** A chat as the API gives it. */
export const chatBody = z.object({ id, title: z.string(), created_at: timestamp });

export const toChatBody = ({ id, title, createdAt }: Chat): z.infer<typeof chatBody> => ({
  id,
  title,
  created_at: createdAt.toISOString(),
});
