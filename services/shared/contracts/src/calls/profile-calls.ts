import { z } from 'zod';
import { id, messagesFrom, visibility } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** What other services keep of a profile. */
const profileReference = z.object({
  user_id: id,
  nickname: z.string().nullable(),
  /** A path of the API: whoever shows it puts the public address before it (`publicUrl`). */
  avatar_url: z.string().nullable(),
  visibility,
  allow_messages_from: messagesFrom,
  show_online: z.boolean(),
  revision: z.int(),
});
export type ProfileReference = z.infer<typeof profileReference>;

/** Profiles by id, or in the order of their ids from the one after `after`: to rebuild copies from. Unknown ids are left out. */
export const listProfileReferences = defineCall('profile', 'ListProfileReferences', {
  callers: ['subscription', 'chat', 'realtime'],
  timeoutMs: 5_000,
  input: z.object({
    after: id.optional(),
    limit: z.int().min(1).max(1_000).default(500),
    ids: z.array(id).max(1_000).optional(),
  }),
  output: z.object({ profiles: z.array(profileReference) }),
});
