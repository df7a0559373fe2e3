import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Profile } from '../data/profile-store.ts';

/** A profile as the API gives it. */
export const profileBody = z.object({ id, title: z.string(), created_at: timestamp });

export const toProfileBody = ({ id, title, createdAt }: Profile): z.infer<typeof profileBody> => ({
  id,
  title,
  created_at: createdAt.toISOString(),
});
