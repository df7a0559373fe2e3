import { notificationCreatedFrame, notificationSent } from '@commons/contracts';
import { listen } from '../context.ts';

/** Shows a notification to its owner, wherever they are connected. The frame's id is the event's: one seen twice is one. */
export const onNotificationSent = listen(notificationSent, ({ ctx, data, event }) => {
  if (data.channel !== 'in_app') return;
  const frame = { type: notificationCreatedFrame.type, id: event.id, data: data.notification };
  ctx.connections.ofUser(data.user_id).forEach((connection) => connection.send(frame));
});
