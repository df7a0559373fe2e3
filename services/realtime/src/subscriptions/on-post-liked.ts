import { postLiked, postLikedFrame } from '@commons/contracts';
import { listen } from '../context.ts';

/** Tells those who watch a post of a new like, unless they have been told of a later one. */
export const onPostLiked = listen(postLiked, ({ ctx, data, event }) => {
  const { post_id, user_id, username, likes_count, revision } = data;
  const frame = { type: postLikedFrame.type, id: event.id, data: { post_id, user_id, username, likes_count } };
  for (const connection of ctx.connections.watching(post_id)) {
    const watched = connection.watched.get(post_id);
    if (!watched || watched.revision >= revision) continue;
    watched.revision = revision;
    connection.send(frame);
  }
});
