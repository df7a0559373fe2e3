import type { Visibility } from '@commons/contracts';

export const contentTypes = ['text', 'markdown', 'image', 'link'] as const;
export type ContentType = (typeof contentTypes)[number];

/** An image of a post: the name of its blob, never used for another image. */
export type PostImage = { name: string; contentType: string };

/** What an author says of a post. */
export type PostFields = {
  title: string;
  content: string;
  contentType: ContentType;
  /** As written, without repetition. */
  tags: string[];
  visibility: Visibility;
};

export type Post = PostFields & {
  id: string;
  authorId: string;
  image: PostImage | null;
  createdAt: Date;
  updatedAt: Date;
  /** Grows by one with each change by its author or an admin. */
  revision: number;
  likesCount: number;
  commentsCount: number;
  viewsCount: number;
};
