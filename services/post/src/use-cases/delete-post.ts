import { postDeleted } from '@commons/contracts';
import type { Backlog, Clock, RunTransaction, Transaction, User } from '@commons/platform';
import type { ImageRemovalStore } from '@commons/platform/images';
import type { PostStore } from '../data/post-store.ts';
import type { TagStore } from '../data/tag-store.ts';
import { PostNotFound } from '../domain/post-errors.ts';
import type { Post } from '../domain/post.ts';
import { tagChange } from '../domain/tags.ts';
import { requireChangeable } from './change-post.ts';
import type { Relations } from './find-relation.ts';

type Removal = { clock: Clock; posts: PostStore; tags: TagStore; imageRemovals: ImageRemovalStore };
type Parts = Removal & Relations & { transaction: RunTransaction; imageBacklog: Backlog; tagBacklog: Backlog };

export type DeletePost = { postId: string; editor: User; ifMatch: string | undefined };

/** Removes a post; comments and likes go by the event. @throws PostNotFound, NotYourPost, PreconditionFailed */
export async function deletePost(parts: Parts, { postId, ...request }: DeletePost): Promise<void> {
  await parts.transaction(async (tx) => {
    const post = await requireChangeable(parts, await parts.posts.find(postId, tx), request);
    await removePosts(parts, [post], tx);
  });
  parts.imageBacklog.wake();
  parts.tagBacklog.wake();
}

/** Removes posts with all that belongs to them, and tells of each. */
export async function removePosts(
  { clock, posts, tags, imageRemovals }: Removal,
  going: readonly Post[],
  tx: Transaction,
): Promise<void> {
  const wereThere = await posts.remove(
    going.map(({ id }) => id),
    tx,
  );
  if (!wereThere) throw new PostNotFound();
  await imageRemovals.add(
    going.flatMap(({ image }) => image?.name ?? []),
    clock.now(),
    tx,
  );
  await tags.note(
    going.map((post) => tagChange(post, undefined)),
    tx,
  );
  for (const { id, authorId } of going) tx.emit(postDeleted, id, { post_id: id, author_id: authorId });
}
