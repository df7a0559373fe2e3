import { postCreated } from '@commons/contracts';
import {
  Unauthorized,
  type Backlog,
  type Clock,
  type KeyedQueue,
  type RunTransaction,
  type User,
} from '@commons/platform';
import type { ImageRemovalStore, ImageStore } from '@commons/platform/images';
import type { AuthorStore } from '../data/author-store.ts';
import type { PostStore } from '../data/post-store.ts';
import type { TagStore } from '../data/tag-store.ts';
import { postEventOf } from '../domain/post-event.ts';
import type { Post, PostFields } from '../domain/post.ts';
import { tagChange } from '../domain/tags.ts';
import { storeImage, type StoredImage } from './store-image.ts';

type Parts = {
  transaction: RunTransaction;
  clock: Clock;
  posts: PostStore;
  authors: AuthorStore;
  tags: TagStore;
  images: ImageStore;
  imageRemovals: ImageRemovalStore;
  tagBacklog: Backlog;
  authorQueue: KeyedQueue;
};

export type CreatePost = {
  author: User;
  fields: PostFields;
  /** Bytes of a jpg or png. */
  image: Buffer | undefined;
};

/** Publishes a post. @throws BadRequest where its image cannot be used. */
export async function createPost(parts: Parts, { author, fields, image }: CreatePost): Promise<Post> {
  const stored = image && (await storeImage(parts, image));
  try {
    const post = await parts.authorQueue(author.id, () => insertPost(parts, author, fields, stored));
    parts.tagBacklog.wake();
    return post;
  } catch (error) {
    await stored?.release();
    throw error;
  }
}

function insertPost(
  { transaction, clock, posts, authors, tags }: Parts,
  user: User,
  fields: PostFields,
  stored: StoredImage | undefined,
): Promise<Post> {
  return transaction(async (tx) => {
    const at = clock.now();
    const username = await authors.notePosting(user, at, tx);
    if (username === undefined) throw new Unauthorized('The account has gone.', 'token_revoked');
    await stored?.claim(tx);
    const post = await posts.create({ ...fields, authorId: user.id, image: stored?.image ?? null, at }, tx);
    await tags.note([tagChange(undefined, post)], tx);
    tx.emit(postCreated, post.id, postEventOf(post, username));
    return post;
  });
}
