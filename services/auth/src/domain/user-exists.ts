import { BadRequest } from '@commons/platform';

/** A name or e-mail that another account has. The contract of existing clients wants a 400. */
export class UserExists extends BadRequest {
  constructor(fields: readonly string[]) {
    super(
      'There is a user of this name or e-mail already.',
      'user_exists',
      fields.map((path) => ({ path, message: 'is taken' })),
    );
  }
}
