import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Subscription } from '../data/subscription-store.ts';

/** A subscription as the API gives it. */
export const subscriptionBody = z.object({ id, title: z.string(), created_at: timestamp });

export const toSubscriptionBody = ({ id, title, createdAt }: Subscription): z.infer<typeof subscriptionBody> => ({
  id,
  title,
  created_at: createdAt.toISOString(),
});
