/** What a user is called, as `auth` says; what is left out is unchanged. */
export type Names = {
  id: string;
  username: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
  /** Order of the changes of these names. */
  usernameRevision: number;
};

/** What `auth` knows of a user. */
export type Account = Required<Names> & { createdAt: Date; isDeleted: boolean };
