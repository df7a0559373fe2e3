import { z } from 'zod';

/** `project` needs no variables beside the platform's. */
export const config = z.object({});
