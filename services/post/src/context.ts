import {
  answerFor,
  createBacklog,
  createBlocks,
  createFollows,
  createJobs,
  createKeyedQueue,
  routeFor,
  subscribeFor,
  type Backlog,
  type BaseContext,
  type Blocks,
  type Jobs,
  type KeyedQueue,
  type RelationCopies,
  createUsers,
  type Users,
} from '@commons/platform';
import {
  createImageRemovalStore,
  createImageStore,
  removeDueImages,
  type ImageRemovalStore,
  type ImageStore,
} from '@commons/platform/images';
import type { z } from 'zod';
import { createComments, type Comments } from './clients/comments.ts';
import { createLikes, type Likes } from './clients/likes.ts';
import { createPostCountCache, type PostCountCache } from './clients/post-count-cache.ts';
import type { config } from './config.ts';
import { createAuthorStore, type AuthorStore } from './data/author-store.ts';
import { createCommentsCounts, createLikesCounts, type PostCounts } from './data/post-counts.ts';
import { createPostList, type PostList } from './data/post-list.ts';
import { createPostStore, type PostStore } from './data/post-store.ts';
import { createTagStore, type TagStore } from './data/tag-store.ts';
import { createViewStore, type ViewStore } from './data/view-store.ts';
import { foldTagChanges } from './use-cases/fold-tag-changes.ts';

type Base = BaseContext<z.output<typeof config>>;

/** What the handlers of `post` receive. */
export type PostContext = Base & {
  posts: PostStore;
  postList: PostList;
  likesCounts: PostCounts;
  commentsCounts: PostCounts;
  authors: AuthorStore;
  follows: RelationCopies;
  blocks: Blocks;
  views: ViewStore;
  tags: TagStore;
  imageRemovals: ImageRemovalStore;
  images: ImageStore;
  likes: Likes;
  comments: Comments;
  users: Users;
  postCountCache: PostCountCache;
  /** Posts of one author stand in line, and views of one post. */
  authorQueue: KeyedQueue;
  viewQueue: KeyedQueue;
  imageBacklog: Backlog;
  tagBacklog: Backlog;
  jobs: Jobs<{ 'erase-author': { user_id: string } }>;
};

export const route = routeFor<PostContext>();
export const answer = answerFor<PostContext>();
export const subscribe = subscribeFor<PostContext>();

/** Opens what `post` stands on. */
export function createContext(base: Base): PostContext {
  const { clock, dapr, db, log, transaction } = base;
  const images = createImageStore({ dapr, container: base.config.BLOB_CONTAINER });
  const imageRemovals = createImageRemovalStore(db);
  const tags = createTagStore(db);
  return Object.assign(base, {
    posts: createPostStore(db),
    postList: createPostList(db),
    likesCounts: createLikesCounts(db),
    commentsCounts: createCommentsCounts(db),
    authors: createAuthorStore(db),
    follows: createFollows(db),
    blocks: createBlocks(db),
    views: createViewStore(db),
    tags,
    imageRemovals,
    images,
    likes: createLikes({ dapr, log }),
    comments: createComments({ dapr }),
    users: createUsers({ dapr }),
    postCountCache: createPostCountCache({ dapr, log }),
    authorQueue: createKeyedQueue(),
    viewQueue: createKeyedQueue(),
    imageBacklog: createBacklog({ name: 'images', work: () => removeDueImages({ clock, images, imageRemovals }), log }),
    tagBacklog: createBacklog({ name: 'tags', work: () => foldTagChanges({ transaction, tags }), log }),
    jobs: createJobs<{ 'erase-author': { user_id: string } }>({ db, transaction, log }),
  });
}
