/** Where a request comes from, as the user may want to see it in the list of sessions. */
export type Client = { ip: string | null; userAgent: string | null };

/** A login of a user on one device, kept alive by its refresh token. */
export type Session = Client & {
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
};
