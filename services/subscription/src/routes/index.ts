import { createSubscriptionRoute } from './create-subscription.ts';
import { getSubscriptionRoute } from './get-subscription.ts';

export const routes = [createSubscriptionRoute, getSubscriptionRoute];
