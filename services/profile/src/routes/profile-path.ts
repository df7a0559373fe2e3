import { id } from '@commons/contracts';
import { z } from 'zod';

/** The id in the path of a profile: its user's. */
export const profilePath = z.object({ id });
