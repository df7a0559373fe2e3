import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Project } from '../data/project-store.ts';

/** A project as the API gives it. */
export const projectBody = z.object({ id, title: z.string(), created_at: timestamp });

export const toProjectBody = ({ id, title, createdAt }: Project): z.infer<typeof projectBody> => ({
  id,
  title,
  created_at: createdAt.toISOString(),
});
