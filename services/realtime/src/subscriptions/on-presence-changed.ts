import { presenceChanged } from '@commons/contracts';
import { listen } from '../context.ts';
import { showPresence } from '../use-cases/show-presence.ts';

/** Tells those who share a chat with a user that they have come or gone. */
export const onPresenceChanged = listen(presenceChanged, ({ ctx, data }) => {
  const flip = { userId: data.user_id, online: data.online, revision: data.revision };
  ctx.connections.ofUsers(data.recipient_ids).forEach((connection) => showPresence(connection, flip));
});
