import { messageEdited, messageEditedFrame } from '@commons/contracts';
import { listen } from '../context.ts';
import { tellChange } from '../use-cases/tell-change.ts';

/** Shows the new content of a message. */
export const onMessageEdited = listen(messageEdited, ({ ctx, data, event }) =>
  tellChange(ctx, data, { type: messageEditedFrame.type, id: event.id, data: data.message }),
);
