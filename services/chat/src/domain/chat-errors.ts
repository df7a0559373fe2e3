import { Conflict, Forbidden, NotFound, Unprocessable } from '@commons/platform';

/** There is no such chat, or not for this user to know of. */
export class ChatNotFound extends NotFound {
  constructor() {
    super('There is no such chat.', 'chat_not_found');
  }
}

/** The chat has no such message. */
export class MessageNotFound extends NotFound {
  constructor() {
    super('There is no such message.', 'message_not_found');
  }
}

/** Somebody who is named has no account. */
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

/** Somebody does not take messages from this user. */
export class MessagesNotTaken extends Forbidden {
  constructor() {
    super('They take no messages from you.', 'messages_not_taken');
  }
}

/** Only an admin of the chat may do this. */
export class NotAnAdmin extends Forbidden {
  constructor() {
    super('Only an admin of the chat may do this.', 'not_a_chat_admin');
  }
}

/** It can be done in groups alone. */
export class NotAGroup extends Forbidden {
  constructor() {
    super('This is for groups: those of a project come and go with it.', 'not_a_group');
  }
}

/** Only its author may change or delete a message. */
export class NotYourMessage extends Forbidden {
  constructor() {
    super('Only its author may do this.', 'not_your_message');
  }
}

/** The only other one of a direct chat has no account any more. */
export class PartnerGone extends Conflict {
  constructor() {
    super('The other one has no account any more.', 'partner_gone');
  }
}

/** There would be too many in a group. */
export class TooManyParticipants extends Unprocessable {
  constructor(path: string, max: number) {
    const message = `must not bring more than ${max} into the group`;
    super(`${path}: ${message}`, 'too_many_participants', [{ path, message }]);
  }
}
