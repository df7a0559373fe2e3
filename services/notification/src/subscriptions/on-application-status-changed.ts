import { applicationStatusChanged } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { decisionNews, turnsOfApplication } from '../domain/application.ts';
import { tellOfApplication } from '../use-cases/tell-of-application.ts';

export const onApplicationStatusChanged = subscribe(
  applicationStatusChanged,
  async ({ ctx, data, tx }) => {
    const news = decisionNews(data);
    if (news) await tellOfApplication(ctx, news, tx);
  },
  { inTurn: turnsOfApplication },
);
