import { z } from 'zod';

/** What `npm start` reads from its environment, beside what the services do. */
export const config = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000).describe('Port of the API; 0 takes a free one'),
  DATA_DIR: z
    .string()
    .default('.data/embedded')
    .describe('Folder that holds all data; made where it is not there. npm run start:dapr has another one, .data/dapr'),
});

/** What `npm run start:dapr` reads: the same, with a folder of its own. */
export const daprConfig = config.extend({ DATA_DIR: z.string().default('.data/dapr') });
