import { id } from '@commons/contracts';
import { z } from 'zod';
import type { KnownPerson } from '../domain/person.ts';

/** A user in a list. */
export const personView = z.object({
  id,
  username: z.string(),
  nickname: z.string().nullable(),
  avatar_url: z.string().nullable(),
});

export const toPersonView = ({ id, username, nickname, avatarUrl }: KnownPerson): z.infer<typeof personView> => ({
  id,
  username,
  nickname,
  avatar_url: avatarUrl,
});
