import { subscriptionRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { subscriptionNews, turnsOfSubscription } from '../domain/subscription.ts';
import { tellOfSubscription } from '../use-cases/tell-of-subscription.ts';

export const onSubscriptionRemoved = subscribe(
  subscriptionRemoved,
  ({ ctx, data, tx }) => tellOfSubscription(ctx, subscriptionNews(data, 'ended'), tx),
  { inTurn: turnsOfSubscription },
);
