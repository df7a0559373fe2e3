import type { Person } from './people.ts';
import type { Answer, Call, PoliteClient } from './polite-client.ts';

/** One of the demo's people, signed in. */
export interface Session {
  person: Person;
  userId: string;
  token: string;
  /** whether the account is older than this run */
  wasThere: boolean;
}

export type Api = ReturnType<typeof demoApi>;

/** An answer that the demo did not count on; the message says which. */
export class Unexpected extends Error {}

/**
 * The calls of the public API that the demo makes, for people who all have the same password. A token that has run out
 * is renewed on the way; an answer that is of no use is thrown as `Unexpected`. `runId` is new for each run: it lets
 * a request be sent again without a second effect.
 */
export function demoApi({ client, password, runId }: { client: PoliteClient; password: string; runId: string }) {
  let keys = 0;
  const newKey = () => `${runId}-${(keys += 1)}`;

  /** Makes the account, or signs in where there is one. */
  async function signUp(person: Person): Promise<Session> {
    const { username, email, firstName: first_name, lastName: last_name } = person;
    const call: Call = {
      method: 'POST',
      path: '/api/auth/register',
      body: { username, email, password, first_name, last_name },
    };
    const answer = await client.send(call);
    if (codeOf(answer) === 'user_exists') return { person, ...(await signIn(person)), wasThere: true };
    const { id, token } = bodyOf<{ id: string; token: string }>(call, answer, 201);
    return { person, userId: id, token, wasThere: false };
  }

  async function signIn({ username }: Person): Promise<{ userId: string; token: string }> {
    const call: Call = { method: 'POST', path: '/api/auth/login', body: { username, password } };
    const answer = await client.send(call);
    if (answer.status === 401) throw new Unexpected(`${username} has an account with another password`);
    const { user_id, token } = bodyOf<{ user_id: string; token: string }>(call, answer, 200);
    return { userId: user_id, token };
  }

  async function sendAs(session: Session, call: Call): Promise<Answer> {
    const answer = await client.send({ ...call, token: session.token });
    if (answer.status !== 401) return answer;
    session.token = (await signIn(session.person)).token;
    return client.send({ ...call, token: session.token });
  }

  /** Answers the new post's id. */
  async function createPost(author: Session, post: { title: string; content: string; tags: string[] }) {
    const call: Call = { method: 'POST', path: '/api/posts', body: post, idempotencyKey: newKey() };
    return bodyOf<{ id: string }>(call, await sendAs(author, call), 201).id;
  }

  async function createComment(author: Session, postId: string, content: string): Promise<void> {
    const body = { post_id: postId, content };
    const call: Call = { method: 'POST', path: '/api/comments', body, idempotencyKey: newKey() };
    bodyOf(call, await sendAs(author, call), 201);
  }

  async function like(author: Session, postId: string): Promise<void> {
    const call: Call = { method: 'PUT', path: `/api/posts/${postId}/like` };
    bodyOf(call, await sendAs(author, call), 200);
  }

  /** The ids of a person's newest 100 posts, by title. */
  async function postsOf(author: Session): Promise<Map<string, string>> {
    const call: Call = { method: 'GET', path: `/api/posts?author_id=${author.userId}&limit=100` };
    const { results } = bodyOf<{ results: { id: string; title: string }[] }>(call, await sendAs(author, call), 200);
    return new Map(results.map(({ id, title }) => [title, id]));
  }

  /** The ids of those who wrote the first 100 comments on a post. */
  async function commentersOf(reader: Session, postId: string): Promise<Set<string>> {
    const call: Call = { method: 'GET', path: `/api/comments?post_id=${postId}&limit=100` };
    const comments = bodyOf<{ author?: { id: string } | null }[]>(call, await sendAs(reader, call), 200);
    return new Set(comments.flatMap(({ author }) => author?.id ?? []));
  }

  return { signUp, createPost, createComment, like, postsOf, commentersOf };
}

function bodyOf<Body>({ method, path }: Call, answer: Answer, expected: number): Body {
  if (answer.status === expected) return answer.body as Body;
  const route = path.replace(/[0-9a-f]{24}/g, ':id').replace(/\?.*/, '');
  throw new Unexpected(`${method} ${route} answered ${answer.status} ${codeOf(answer) ?? ''}`.trim());
}

function codeOf({ body }: Answer): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}
