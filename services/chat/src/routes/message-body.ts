import { id, messageMedia, text } from '@commons/contracts';
import { z } from 'zod';
import { MAX_CONTENT_LENGTH, MAX_MEDIA } from '../domain/message.ts';
import type { Actor } from '../domain/person.ts';
import type { SendMessage } from '../use-cases/send-message.ts';

export const content = text({ max: MAX_CONTENT_LENGTH });

export const messageBody = z.object({
  content: content.optional(),
  media: z.array(messageMedia).max(MAX_MEDIA, `must be ${MAX_MEDIA} or fewer`).optional(),
  reply_to: id.nullish().meta({ description: 'The id of a message of the same chat' }),
  client_id: text({ min: 1, max: 128 })
    .optional()
    .meta({ description: 'What the client calls it: sent again, the same message is answered' }),
});

/** What a body asks for. */
export const toSendMessage = (
  chatId: string,
  user: Actor,
  { content: said = '', media = [], reply_to, client_id }: z.output<typeof messageBody>,
): SendMessage => ({
  chatId,
  user,
  content: said,
  media,
  replyToId: reply_to ?? null,
  clientId: client_id ?? null,
});
