import { frameId, type FrameId } from '@commons/contracts';
import { z } from 'zod';

/** The largest frame that a client may send, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Codes with which a WebSocket is closed, beyond those of RFC 6455. */
export const CloseCode = { goingAway: 1001, sessionEnded: 4001, tooSlow: 4008 } as const;

/** What a client sends, whatever its type. */
export const clientFrame = z.object({ type: z.string(), id: frameId.nullish(), data: z.unknown().optional() });

/** The `id` of what may be no frame otherwise, so that its refusal can name it. */
export function frameIdOf(given: unknown): FrameId | undefined {
  return z.object({ id: frameId }).safeParse(given).data?.id;
}

/** What the server sends. */
export type ServerFrame = { type: string; id?: FrameId; data?: unknown };
