import { z } from 'zod';

/** What `post` reads from its environment, beside what every service reads. */
export const config = z.object({
  BLOB_CONTAINER: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, 'must be the name of a container')
    .default('post-images')
    .describe('Container of the blob storage that holds the images of posts'),
});
