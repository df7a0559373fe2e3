import { z } from 'zod';

/** What `profile` reads from its environment, beside what every service reads. */
export const config = z.object({
  AVATAR_CONTAINER: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, 'must be the name of a container')
    .default('avatars')
    .describe('Container of the blob storage that holds the avatars of profiles'),
});
