import { z } from 'zod';

/** A frame of the WebSocket: its type, and what its `data` holds. */
export type FrameDefinition<Data extends z.ZodObject = z.ZodObject> = { type: string; summary: string; data: Data };

/** Declares a frame. */
export function defineFrame<Shape extends z.ZodRawShape>(
  type: string,
  summary: string,
  shape: Shape,
): FrameDefinition<z.ZodObject<Shape>> {
  return { type, summary, data: z.object(shape) };
}

/** What a client calls its frame by; it comes back with the answer. */
export const frameId = z.union([z.string().max(128), z.number()]);
export type FrameId = z.infer<typeof frameId>;
