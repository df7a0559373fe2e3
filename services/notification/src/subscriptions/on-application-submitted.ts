import { applicationSubmitted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { applicationNews, turnsOfApplication } from '../domain/application.ts';
import { tellOfApplication } from '../use-cases/tell-of-application.ts';

export const onApplicationSubmitted = subscribe(
  applicationSubmitted,
  ({ ctx, data, tx }) => tellOfApplication(ctx, applicationNews(data), tx),
  { inTurn: turnsOfApplication },
);
