import { getVisiblePost, setLike, type PostReference } from '@commons/contracts';
import { NotFound } from '@commons/platform';
import {
  anId,
  buildService,
  fakeCall,
  type BuildOptions,
  type ServiceUnderTest,
  type TestUser,
} from '@commons/platform/testing';
import type { CommentContext } from '../src/context.ts';
import { service } from '../src/service.ts';

/** A comment in a list, as far as tests look at it. */
export type Listed = {
  id: string;
  author: { id: string; username: string } | null;
  content: string | null;
  parent: string | null;
  likes_count: number;
  deleted: boolean;
  replies_count?: number;
  replies?: Listed[];
};

export type CommentUnderTest = ServiceUnderTest<CommentContext> & {
  /** The fake `post`. */
  post: { isAway: boolean };
  /** What `post` and `like` were asked so far. */
  asked: unknown[];
  likesSet: unknown[];
  /** A post that exists; `post` has not told of it yet. */
  given(fields?: Partial<PostReference>): PostReference;
  /** Has the fake `post` forget a post. */
  withoutPost(postId: string): void;
  /** Writes a comment. @returns its id. */
  write(user: TestUser, postId: string, fields?: { content?: string; parent?: string }): Promise<string>;
  /** Comments on a post as a reader gets them. */
  list(postId: string, query?: string, user?: TestUser): Promise<Listed[]>;
};

/** What `PostCreated` and `PostUpdated` carry of a post. */
export const told = (post: PostReference) => ({
  ...post,
  author_username: 'author',
  tags: [],
  created_at: '2026-01-31T09:30:00.000Z',
});

/** An id that was made long ago: ids begin with the seconds since 1970. */
const anOldId = (): string => `66f2a1b0${anId().slice(8)}`;

/** The service, with a fake `post` whose authors see each of their posts, and others what is public. */
export async function buildComment(options: BuildOptions = {}): Promise<CommentUnderTest> {
  const posts = new Map<string, PostReference>();
  const post = { isAway: false };
  const visible = fakeCall(getVisiblePost, ({ post_id }, userId) => {
    if (post.isAway) throw new Error('away');
    const found = posts.get(post_id);
    if (!found || (found.visibility !== 'public' && found.author_id !== userId))
      throw new NotFound('There is no such post.', 'post_not_found');
    return found;
  });
  const likes = fakeCall(setLike, ({ action }) => ({ liked: action !== 'unlike', likes_count: 7, revision: 9 }));
  const comment = await buildService(service, { ...options, fakes: [visible, likes, ...(options.fakes ?? [])] });
  return {
    ...comment,
    post,
    asked: visible.inputs,
    likesSet: likes.inputs,
    given(fields = {}) {
      const made = {
        post_id: anOldId(),
        author_id: anId(),
        title: 'A walk',
        visibility: 'public' as const,
        revision: 1,
        ...fields,
      };
      posts.set(made.post_id, made);
      return made;
    },
    withoutPost: (postId) => void posts.delete(postId),
    async write(user, postId, fields = {}) {
      const body = { post_id: postId, content: 'Which river?', ...fields };
      const { body: made } = await comment.as(user).post('/api/comments').send(body).expect(201);
      return (made as { id: string }).id;
    },
    async list(postId, query = '', user) {
      const { body } = await comment.as(user).get(`/api/comments?post_id=${postId}${query}`).expect(200);
      return body as Listed[];
    },
  };
}
