import { text } from '@commons/contracts';
import { z } from 'zod';

/** A username: 3 to 32 letters, digits, `_`, `.` and `-`. It keeps the case it was given in. */
export const username = z.string().regex(/^[A-Za-z0-9_.-]{3,32}$/, 'must be 3 to 32 of A-Z, a-z, 0-9, _, . and -');

/** An e-mail address. It keeps the case it was given in. */
export const email = z.email('must be an e-mail address').max(254, 'must have 254 characters or fewer');

/** A first or last name; may be empty. */
export const personName = text({ max: 100, trim: true });

/** The form in which usernames and e-mails are compared: without case. */
export const fold = (name: string): string => name.toLowerCase();
