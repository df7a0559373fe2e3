/** Who would follow whom. */
export type Pair = { followerId: string; followingId: string };

/** `pending` waits for an answer; `ended` was taken back, removed or blocked. `declined` and `ended` ones may begin again. */
export type SubscriptionStatus = 'pending' | 'accepted' | 'declined' | 'ended';

/** What is between two users in one direction: one for each pair, over every end and new beginning. */
export type Subscription = Pair & {
  id: string;
  status: SubscriptionStatus;
  /** Grows by one with each change of this pair. */
  revision: number;
  /** When it was last asked for. */
  createdAt: Date;
};

/** Whether there is one, as far as users are told. */
export const isLive = ({ status }: Pick<Subscription, 'status'>): boolean =>
  status === 'pending' || status === 'accepted';
