import { Conflict, Forbidden, NotFound, Unauthorized, Unprocessable } from '@commons/platform';

/** Nobody can follow or block themselves. */
export class Oneself extends Unprocessable {
  constructor() {
    super('This cannot be done to oneself.', 'oneself', [{ path: 'user_id', message: 'is oneself' }]);
  }
}

/** There is no such user, or not for this viewer to know of. */
export class UserNotFound extends NotFound {
  constructor() {
    super('There is no such user.', 'user_not_found');
  }
}

/** One of the two blocks the other. */
export class Blocked extends Forbidden {
  constructor() {
    super('One of you blocks the other.', 'blocked');
  }
}

/** The profile is not for this viewer to see in full. */
export class ProfileNotVisible extends Forbidden {
  constructor() {
    super('This profile is not public.', 'profile_not_visible');
  }
}

/** Whoever asks has been deleted. */
export class AccountGone extends Unauthorized {
  constructor() {
    super('This account has been deleted.', 'token_revoked');
  }
}

export class SubscriptionNotFound extends NotFound {
  constructor() {
    super('There is no such subscription.', 'subscription_not_found');
  }
}

/** There is a subscription or a request already. */
export class AlreadyThere extends Conflict {
  constructor({ isPending }: { isPending: boolean }) {
    if (isPending) super('You have asked already.', 'already_requested');
    else super('You follow this user already.', 'already_following');
  }
}

/** The request was answered before. */
export class NotPending extends Conflict {
  constructor() {
    super('This request has been answered already.', 'not_pending');
  }
}
