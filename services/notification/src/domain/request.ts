import type { NotificationType } from '@commons/contracts';

/** What somebody asked to be told to others. */
export type Request = { request_id: string; type: NotificationType; message: string };

/** Those who are still to be told: some by name, or all above a user's id (null: all). */
export type Recipients = { broadcast: false; user_ids: string[] } | { broadcast: true; after: string | null };

/** A request on its way, and those who were told in the step before. */
export type RequestInHand = Request & { recipients: Recipients; told: string[] };
