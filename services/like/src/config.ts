import { z } from 'zod';

/** What `like` reads from its environment, beside what every service reads: nothing. */
export const config = z.object({});
