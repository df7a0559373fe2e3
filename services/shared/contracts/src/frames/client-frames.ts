import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineFrame } from './define-frame.ts';

export const pingFrame = defineFrame('ping', 'Asks for a sign of life; answered with pong', {});

/** From now on these posts, and no others. */
export const watchFrame = defineFrame('watch', 'Names the posts whose likes are to be told; answered with ack', {
  post_ids: z.array(id).max(100),
});

/** What a client may send. */
export const clientFrames = [pingFrame, watchFrame];
