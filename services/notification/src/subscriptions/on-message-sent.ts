import { messageSent } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { messageNews, turnsOfMessage } from '../domain/message-news.ts';
import { tellOfMessage } from '../use-cases/tell-of-message.ts';

export const onMessageSent = subscribe(
  messageSent,
  async ({ ctx, data, tx }) => {
    const news = messageNews(data);
    if (news) await tellOfMessage(ctx, news, tx);
  },
  { inTurn: turnsOfMessage },
);
