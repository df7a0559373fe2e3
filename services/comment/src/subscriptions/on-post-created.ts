import { postCreated } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onPostCreated = subscribe(
  postCreated,
  async ({ ctx, data, tx }) => {
    await ctx.threads.note(data, tx);
  },
  { inTurn: ({ post_id }) => post_id },
);
