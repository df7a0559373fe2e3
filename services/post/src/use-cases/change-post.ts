import { postUpdated } from '@commons/contracts';
import { requireMatch, type Backlog, type Clock, type RunTransaction, type User } from '@commons/platform';
import type { ImageRemovalStore, ImageStore } from '@commons/platform/images';
import type { AuthorStore } from '../data/author-store.ts';
import type { PostStore } from '../data/post-store.ts';
import type { TagStore } from '../data/tag-store.ts';
import { NotYourPost, PostNotFound } from '../domain/post-errors.ts';
import { postEventOf } from '../domain/post-event.ts';
import type { Post, PostFields } from '../domain/post.ts';
import { canChange, canSee } from '../domain/can-see.ts';
import { tagChange } from '../domain/tags.ts';
import { findRelation, type Relations } from './find-relation.ts';
import { storeImage, type StoredImage } from './store-image.ts';

type Parts = Relations & {
  transaction: RunTransaction;
  clock: Clock;
  posts: PostStore;
  authors: AuthorStore;
  tags: TagStore;
  images: ImageStore;
  imageRemovals: ImageRemovalStore;
  imageBacklog: Backlog;
  tagBacklog: Backlog;
};

export type ChangePost = {
  postId: string;
  editor: User;
  /** What is left out stays. */
  fields: Partial<PostFields>;
  /** Bytes of a new image, or what becomes of the old one. */
  image: Buffer | 'keep' | 'remove';
  ifMatch: string | undefined;
};

/** Changes a post. @throws PostNotFound, NotYourPost, PreconditionFailed, BadRequest for a bad image. */
export async function changePost(parts: Parts, { image, ...change }: ChangePost): Promise<Post> {
  const post = await requireChangeable(parts, await parts.posts.find(change.postId), change);
  if (image === 'keep' && Object.keys(change.fields).length === 0) return post;
  const stored = Buffer.isBuffer(image) ? await storeImage(parts, image) : undefined;
  try {
    const changed = await updatePost(parts, change, image === 'remove' ? null : stored);
    parts.imageBacklog.wake();
    parts.tagBacklog.wake();
    return changed;
  } catch (error) {
    await stored?.release();
    throw error;
  }
}

/** @throws where the editor may not see the post, may not change it, or has another version of it in hand. */
export async function requireChangeable(
  parts: Relations,
  post: Post | undefined,
  { editor, ifMatch }: Pick<ChangePost, 'editor' | 'ifMatch'>,
): Promise<Post> {
  if (!post) throw new PostNotFound();
  if (!canChange(post, editor)) {
    const isVisible = canSee(post, editor, await findRelation(parts, editor, post.authorId));
    throw isVisible ? new NotYourPost() : new PostNotFound();
  }
  requireMatch(ifMatch, post.revision);
  return post;
}

function updatePost(
  parts: Parts,
  { postId, fields, ...change }: Omit<ChangePost, 'image'>,
  stored: StoredImage | null | undefined,
): Promise<Post> {
  const { transaction, clock, posts, authors, tags, imageRemovals } = parts;
  return transaction(async (tx) => {
    const at = clock.now();
    const before = await requireChangeable(parts, await posts.find(postId, tx), change);
    await stored?.claim(tx);
    const image = stored === undefined ? {} : { image: stored && stored.image };
    const post = await posts.change(postId, { ...fields, ...image, at }, tx);
    if (!post) throw new PostNotFound();
    if (before.image && stored !== undefined) await imageRemovals.add([before.image.name], at, tx);
    await tags.note([tagChange(before, post)], tx);
    const names = await authors.usernames([post.authorId]);
    tx.emit(postUpdated, post.id, postEventOf(post, names.get(post.authorId) ?? ''));
    return post;
  });
}
