import { Forbidden, NotFound } from '@commons/platform';

/** There is no such profile, or not for this viewer to know of. */
export class ProfileNotFound extends NotFound {
  constructor() {
    super('There is no such profile.', 'profile_not_found');
  }
}

/** Only its owner may do this with a profile. */
export class NotYourProfile extends Forbidden {
  constructor() {
    super('Only its owner may do this.', 'not_your_profile');
  }
}

export class AvatarNotFound extends NotFound {
  constructor() {
    super('The profile has no avatar.', 'avatar_not_found');
  }
}
