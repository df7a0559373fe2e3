import { userDataErased } from '@commons/contracts';
import type { Backlog, Clock, JobRun } from '@commons/platform';
import type { ImageRemovalStore } from '@commons/platform/images';
import type { PostStore } from '../data/post-store.ts';
import type { TagStore } from '../data/tag-store.ts';
import type { ViewStore } from '../data/view-store.ts';
import { removePosts } from './delete-post.ts';

type Parts = {
  service: string;
  clock: Clock;
  posts: PostStore;
  views: ViewStore;
  tags: TagStore;
  imageRemovals: ImageRemovalStore;
  imageBacklog: Backlog;
  tagBacklog: Backlog;
};

const BATCH = 100;

/** A step of the job that removes all that a deleted user wrote: some posts, and at the end the word that it is done. */
export async function eraseAuthor(parts: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  await commit(async (tx) => {
    const some = await parts.posts.someOf(data.user_id, BATCH, tx);
    await removePosts(parts, some, tx);
    if (some.length === BATCH) return data;
    await parts.views.removeOf(data.user_id, tx);
    tx.emit(userDataErased, data.user_id, { user_id: data.user_id, service: parts.service });
    return undefined;
  });
  parts.imageBacklog.wake();
  parts.tagBacklog.wake();
}
