import { z } from 'zod';

/** `notification` needs no variables beside the platform's. */
export const config = z.object({});
