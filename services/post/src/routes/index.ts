import { answerGetVisiblePost } from './answer-get-visible-post.ts';
import { answerListPostReferences } from './answer-list-post-references.ts';
import { createPost } from './create-post.ts';
import { deletePost } from './delete-post.ts';
import { deletePostLike } from './delete-post-like.ts';
import { getPost } from './get-post.ts';
import { getPostImage } from './get-post-image.ts';
import { listFeed } from './list-feed.ts';
import { listPostLikes } from './list-post-likes.ts';
import { listPosts } from './list-posts.ts';
import { listTags } from './list-tags.ts';
import { putPostLike } from './put-post-like.ts';
import { replacePost } from './replace-post.ts';
import { togglePostLike } from './toggle-post-like.ts';
import { updatePost } from './update-post.ts';

/** What `post` answers: to clients, and to other services. */
export const routes = [
  listPosts,
  listFeed,
  createPost,
  getPost,
  replacePost,
  updatePost,
  deletePost,
  getPostImage,
  togglePostLike,
  putPostLike,
  deletePostLike,
  listPostLikes,
  listTags,
  answerGetVisiblePost,
  answerListPostReferences,
];
