import type { ServiceUnderTest, TestUser } from '@commons/platform/testing';
import type { PostContext } from '../src/context.ts';

export type PostService = ServiceUnderTest<PostContext>;

let counter = 0;

/** The body of a post that nobody else has. */
export function aPost(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  counter += 1;
  return { title: `Post ${counter}`, content: `What post ${counter} says`, ...overrides };
}

/** Publishes a post. @returns its id. */
export async function publish(
  post: PostService,
  author: TestUser,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const { body } = await post.as(author).post('/api/posts').send(aPost(overrides)).expect(201);
  return body.id as string;
}
