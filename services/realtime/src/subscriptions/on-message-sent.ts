import { messageSent } from '@commons/contracts';
import { listen } from '../context.ts';
import { deliverMessage } from '../use-cases/deliver-message.ts';

/** Shows a message to all who are in its chat, its author's other devices among them. */
export const onMessageSent = listen(messageSent, ({ ctx, data }) =>
  deliverMessage(ctx, data.message, data.recipient_ids),
);
