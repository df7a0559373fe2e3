import { postUpdated } from '@commons/contracts';
import { isAdmin } from '@commons/platform';
import { listen } from '../context.ts';

/** Whoever may no longer see a post no longer watches it; a client that still may asks again. */
export const onPostUpdated = listen(postUpdated, ({ ctx, data }) => {
  if (data.visibility === 'public') return;
  ctx.connections.unwatch(data.post_id, ({ user }) => user.id !== data.author_id && !isAdmin(user));
});
