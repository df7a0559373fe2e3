import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'subscription-events';

const subscription = {
  subscription_id: id,
  follower_id: id,
  follower_username: z.string(),
  following_id: id,
  following_username: z.string(),
  /** Order of the changes between these two, in this direction; it goes on over an end and a new beginning. */
  revision: z.int(),
};

/** The exact counts of both after the change, each with the order of its changes. */
const counts = {
  /** How many follow `following_id`. */
  followers_count: z.int(),
  followers_revision: z.int(),
  /** How many `follower_id` follows. */
  following_count: z.int(),
  following_revision: z.int(),
};

/** Somebody asks to follow a user whose profile is not public: it waits. */
export const subscriptionRequestSent = defineEvent(topic, 'SubscriptionRequestSent', subscription);

/** Somebody follows a user from now on: at once, or because what was asked (`was_requested`) is granted. */
export const subscriptionRequestAccepted = defineEvent(topic, 'SubscriptionRequestAccepted', {
  ...subscription,
  ...counts,
  was_requested: z.boolean(),
});

export const subscriptionRequestDeclined = defineEvent(topic, 'SubscriptionRequestDeclined', subscription);

/** Somebody follows a user no more, or asks no more (`was_pending`): taken back, blocked, or an account has gone. */
export const subscriptionRemoved = defineEvent(topic, 'SubscriptionRemoved', {
  ...subscription,
  ...counts,
  was_pending: z.boolean(),
});

const block = {
  blocker_id: id,
  blocked_id: id,
  /** Order of the changes between these two, in this direction; it goes on over an end and a new beginning. */
  revision: z.int(),
};

export const userBlocked = defineEvent(topic, 'UserBlocked', block);
export const userUnblocked = defineEvent(topic, 'UserUnblocked', block);
