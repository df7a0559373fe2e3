import type { Visibility } from '@commons/contracts';

/** What is known here of a user. */
export type Person = {
  id: string;
  /** Null where no name is known yet, or the account has gone. */
  username: string | null;
  nickname: string | null;
  avatarUrl: string | null;
  visibility: Visibility;
  /** Whether `auth` has told of them; otherwise all that is known is the name in a token of theirs. */
  isAnnounced: boolean;
  isErased: boolean;
};

/** Somebody who has a name. */
export type KnownPerson = Person & { username: string };

export const isKnown = (person: Person | undefined): person is KnownPerson =>
  person !== undefined && person.username !== null;
