import {
  answerFor,
  createBlocks,
  createJobs,
  createKeyedQueue,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Blocks,
  type Jobs,
  type KeyedQueue,
} from '@commons/platform';
import { createAuthorStore, type AuthorStore } from './data/author-store.ts';
import { createCommentList, type CommentList } from './data/comment-list.ts';
import { createCommentStore, type CommentStore } from './data/comment-store.ts';
import { createThreadStore, type ThreadStore } from './data/thread-store.ts';

/** What is too much for one event: the comments of a deleted post, those of an erased user. */
type CommentJobs = { 'purge-thread': { post_id: string }; 'erase-author': { user_id: string } };

/** What handlers of this service receive. */
export type CommentContext = BaseContext & {
  comments: CommentStore;
  commentList: CommentList;
  threads: ThreadStore;
  authors: AuthorStore;
  blocks: Blocks;
  jobs: Jobs<CommentJobs>;
  /** Changes of one thread stand in line, by the post's id, and comments of one author. */
  queue: KeyedQueue;
};

export const createContext = (base: BaseContext): CommentContext =>
  Object.assign(base, {
    comments: createCommentStore(base.db),
    commentList: createCommentList(base.db),
    threads: createThreadStore(base.db),
    authors: createAuthorStore(base.db),
    blocks: createBlocks(base.db),
    jobs: createJobs<CommentJobs>(base),
    queue: createKeyedQueue(),
  });

export const route = routeFor<CommentContext>();
export const answer = answerFor<CommentContext>();
export const subscribe = subscribeFor<CommentContext>();
