import { id } from '@commons/contracts';
import { publicUrl } from '@commons/platform';
import { z } from 'zod';
import type { KnownPerson } from '../domain/person.ts';

/** A user in a list. */
export const personView = z.object({
  id,
  username: z.string(),
  nickname: z.string().nullable(),
  avatar_url: z.url().nullable(),
});

export const toPersonView = ({ id, username, nickname, avatarUrl }: KnownPerson): z.infer<typeof personView> => ({
  id,
  username,
  nickname,
  avatar_url: avatarUrl && publicUrl(avatarUrl),
});
