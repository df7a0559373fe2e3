import { id } from '@commons/contracts';
import { z } from 'zod';

/** The id in the path of a post. */
export const postPath = z.object({ id });
