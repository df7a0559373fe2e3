import { id } from '@commons/contracts';
import { z } from 'zod';

/** The largest frame that a client may send, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Posts that one connection may watch at a time. */
export const MAX_WATCHED = 100;

/** Codes with which a WebSocket is closed, beyond those of RFC 6455. */
export const CloseCode = { goingAway: 1001, sessionEnded: 4001, tooSlow: 4008 } as const;

/** What a client sends. `id` comes back with the answer. */
export const clientFrame = z.object({
  type: z.string(),
  id: z.string().max(128).optional(),
  data: z.unknown(),
});
export type ClientFrame = z.infer<typeof clientFrame>;

/** `watch`: from now on these posts, and no others. */
export const watchData = z.object({ post_ids: z.array(id).max(MAX_WATCHED) });

/** What the server sends. */
export type ServerFrame = { type: string; id?: string; data?: unknown };
