import { subscriptionRequestSent } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { subscriptionNews, turnsOfSubscription } from '../domain/subscription.ts';
import { tellOfSubscription } from '../use-cases/tell-of-subscription.ts';

export const onSubscriptionRequestSent = subscribe(
  subscriptionRequestSent,
  ({ ctx, data, tx }) => tellOfSubscription(ctx, subscriptionNews(data, 'asking'), tx),
  { inTurn: turnsOfSubscription },
);
