import { id } from '@commons/contracts';
import { z } from 'zod';

/** The id in the path of a project. */
export const projectPath = z.object({ id });
