import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { MessageNews } from '../domain/message-news.ts';
import { announceNotification } from './announce-notification.ts';
import { whoMayHear } from './who-may-hear.ts';

type Parts = Pick<NotificationContext, 'messageNews' | 'people' | 'blocks' | 'clock'>;

/**
 * Tells those who take part in a chat of a message. Messages of a chat make one notification until they are read: it grows with each,
 * but goes out with the first alone.
 */
export async function tellOfMessage(ctx: Parts, news: MessageNews, tx: Transaction): Promise<void> {
  const { author, recipientIds } = news;
  const at = ctx.clock.now();
  const name = await ctx.people.noteActing(author, at, tx);
  if (name === undefined) return;
  const mayHear = await whoMayHear(ctx, { actorId: author.id, userIds: recipientIds }, tx);
  for (const notification of await ctx.messageNews.add(news, [...mayHear], at, tx))
    announceNotification(notification, new Map([[author.id, name]]), tx);
}
