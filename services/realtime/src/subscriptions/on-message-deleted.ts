import { messageDeleted, messageDeletedFrame } from '@commons/contracts';
import { listen } from '../context.ts';
import { tellChange } from '../use-cases/tell-change.ts';

/** Shows that a message has been deleted. */
export const onMessageDeleted = listen(messageDeleted, ({ ctx, data, event }) =>
  tellChange(ctx, data, { type: messageDeletedFrame.type, id: event.id, data: data.message }),
);
