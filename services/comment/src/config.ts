import { z } from 'zod';

/** `comment` needs no variables beside the platform's. */
export const config = z.object({});
