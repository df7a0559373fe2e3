import type { Caller, Session } from './caller.ts';

/** What the demo asks of posts, comments and likes. */
export function postCalls({ send, readAll }: Caller) {
  /** Answers the new post's id. */
  async function createPost(author: Session, post: { title: string; content: string; tags: string[] }) {
    const { id } = await send<{ id: string }>(author, 201, { method: 'POST', path: '/api/posts', body: post });
    return id;
  }

  async function createComment(author: Session, postId: string, content: string): Promise<void> {
    await send(author, 201, { method: 'POST', path: '/api/comments', body: { post_id: postId, content } });
  }

  async function like(author: Session, postId: string): Promise<void> {
    await send(author, 200, { method: 'PUT', path: `/api/posts/${postId}/like` });
  }

  /** The ids of a person's posts, by title. */
  async function postsOf(author: Session): Promise<Map<string, string>> {
    const posts = await readAll<{ id: string; title: string }>(author, `/api/posts?author_id=${author.userId}`);
    return new Map(posts.map(({ id, title }) => [title, id]));
  }

  /** The ids of those who wrote the first 100 comments on a post. */
  async function commentersOf(reader: Session, postId: string): Promise<Set<string>> {
    const path = `/api/comments?post_id=${postId}&limit=100`;
    const comments = await send<{ author?: { id: string } | null }[]>(reader, 200, { method: 'GET', path });
    return new Set(comments.flatMap(({ author }) => author?.id ?? []));
  }

  return { createPost, createComment, like, postsOf, commentersOf };
}
