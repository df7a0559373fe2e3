import { subscriptionRequestAccepted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { subscriptionNews, turnsOfSubscription } from '../domain/subscription.ts';
import { tellOfSubscription } from '../use-cases/tell-of-subscription.ts';

export const onSubscriptionRequestAccepted = subscribe(
  subscriptionRequestAccepted,
  ({ ctx, data, tx }) =>
    tellOfSubscription(ctx, subscriptionNews(data, data.was_requested ? 'admitted' : 'following'), tx),
  { inTurn: turnsOfSubscription },
);
