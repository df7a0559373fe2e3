import { z } from 'zod';

/** The service's own variables, beside the platform's; each ends in `.describe()`. */
export const config = z.object({});
