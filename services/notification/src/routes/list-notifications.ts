import { id, notification, notificationType, timestamp } from '@commons/contracts';
import { cursorHeaders, decodeCursor, encodeCursor, ok, pageHeaders, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { presentNotification } from '../domain/present-notification.ts';

const position = z.tuple([timestamp, id]);

export const listNotifications = route({
  method: 'GET',
  path: '/api/notifications',
  summary: 'Own notifications, newest first',
  access: 'user',
  query: z.object({
    unread_only: z.enum(['true', 'false']).default('false'),
    type: notificationType.optional(),
    ...pageQuery,
  }),
  answers: { 200: z.array(notification) },
  handler: async ({ ctx, query: { unread_only, type, page, limit, cursor }, user, url }) => {
    const wanted = { userId: user.id, onlyUnread: unread_only === 'true', type };
    const from = cursor === undefined ? { skip: (page - 1) * limit } : startOf(cursor);
    const [found, count] = await Promise.all([
      ctx.notificationList.list(wanted, { ...from, limit: limit + 1 }),
      cursor === undefined ? ctx.notificationList.count(wanted) : 0,
    ]);
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const nextCursor = last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
    const names = await ctx.people.usernames(shown.flatMap(({ actorId }) => actorId ?? []));
    return ok(
      shown.map((each) => presentNotification(each, names)),
      cursor === undefined ? pageHeaders({ count, page, limit, url }) : cursorHeaders({ nextCursor, url }),
    );
  },
});

function startOf(cursor: string) {
  const after = decodeCursor(cursor, position);
  return after ? { after: { createdAt: new Date(after[0]), id: after[1] } } : { skip: 0 };
}
