import { fold } from '../domain/names.ts';
import { searchKeys } from '../domain/search-keys.ts';
import type { User, UserChange } from '../domain/user.ts';
import type { UserDocument } from './user-model.ts';

type Names = Required<UserChange>;

/** The stored form of what a user is called and found by. */
export const namesOf = ({ username, email, firstName, lastName }: Names) => ({
  username,
  username_folded: fold(username),
  email,
  email_folded: fold(email),
  first_name: firstName,
  last_name: lastName,
  search_keys: searchKeys({ username, email, firstName, lastName }),
});

/** A stored user as the rest of the service knows them. */
export function toUser(document: UserDocument): User {
  return {
    id: document._id.toHexString(),
    username: document.username ?? '',
    email: document.email ?? '',
    firstName: document.first_name ?? '',
    lastName: document.last_name ?? '',
    roles: document.roles,
    status: document.status,
    isEmailVerified: document.email_verified,
    passwordHash: document.password_hash ?? '',
    usernameRevision: document.username_revision,
    tokensFrom: document.tokens_from,
    createdAt: document.created_at,
  };
}
