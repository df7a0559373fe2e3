import { Conflict, Forbidden, NotFound, Unauthorized, Unprocessable } from '@commons/platform';

/** There is no such project, or not for this viewer to know of. */
export class ProjectNotFound extends NotFound {
  constructor() {
    super('There is no such project.', 'project_not_found');
  }
}

/** Only its owner may do that. */
export class NotYourProject extends Forbidden {
  constructor() {
    super('Only its owner may do this.', 'not_your_project');
  }
}

/** One of the two has blocked the other: nothing can be asked between them. */
export class Blocked extends Forbidden {
  constructor() {
    super('One of you has blocked the other.', 'blocked');
  }
}

/** The project cannot go from its status to that one. */
export class WrongMove extends Conflict {
  constructor(from: string, to: string) {
    super(`A project that is ${from} cannot become ${to}.`, 'wrong_move');
  }
}

export class DeadlinePassed extends Unprocessable {
  constructor() {
    const message = 'must lie in the future';
    super(`deadline: ${message}`, 'rule_broken', [{ path: 'deadline', message }]);
  }
}

/** Nobody works for themselves. */
export class OwnProject extends Conflict {
  constructor() {
    super('It is your own project.', 'own_project');
  }
}

export class ProjectNotOpen extends Conflict {
  constructor() {
    super('The project is not open.', 'project_not_open');
  }
}

export class AlreadyApplied extends Conflict {
  constructor() {
    super('You have applied before.', 'already_applied');
  }
}

export class ApplicationNotFound extends NotFound {
  constructor() {
    super('There is no such application.', 'application_not_found');
  }
}

/** The applicant decides to withdraw, the owner the rest. */
export class NotYourDecision extends Forbidden {
  constructor() {
    super('This is not yours to decide.', 'not_your_decision');
  }
}

export class AlreadyDecided extends Conflict {
  constructor() {
    super('It has been decided already.', 'already_decided');
  }
}

export class MemberNotFound extends NotFound {
  constructor() {
    super('There is no such member.', 'member_not_found');
  }
}

/** A member may go, or be sent away by the owner. */
export class NotYourMember extends Forbidden {
  constructor() {
    super('Only the owner or the member may do this.', 'not_your_member');
  }
}

/** A project is never without its owner. */
export class OwnerStays extends Conflict {
  constructor() {
    super('The owner cannot be removed.', 'owner_stays');
  }
}

/** The account has been deleted; its token still lives. */
export class AccountGone extends Unauthorized {
  constructor() {
    super('The account has gone.', 'token_revoked');
  }
}
