import { Forbidden, NotFound } from '@commons/platform';

/** There is no such post, or not for this viewer to know of. */
export class PostNotFound extends NotFound {
  constructor() {
    super('There is no such post.', 'post_not_found');
  }
}

/** Only its author or an admin may change or remove a post. */
export class NotYourPost extends Forbidden {
  constructor() {
    super('Only its author may change a post.', 'not_your_post');
  }
}
