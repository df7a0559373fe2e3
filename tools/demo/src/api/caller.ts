import type { Person } from '../people.ts';
import type { Answer, Call, PoliteClient } from '../polite-client.ts';

/** One of the demo's people, signed in. */
export interface Session {
  person: Person;
  userId: string;
  token: string;
  /** whether the account is older than this run */
  wasThere: boolean;
}

/** An answer that the demo did not count on; the message says which. */
export class Unexpected extends Error {}

export type Caller = ReturnType<typeof createCaller>;

/**
 * Signs people in, who all have the same password, and sends requests in their name. A token that has run out is renewed on
 * the way. `runId` is new for each run: it lets a request be sent again without a second effect.
 */
export function createCaller({ client, password, runId }: { client: PoliteClient; password: string; runId: string }) {
  let keys = 0;

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

  async function answerTo(session: Session, call: Call): Promise<Answer> {
    const answer = await client.send({ ...call, token: session.token });
    if (answer.status !== 401) return answer;
    session.token = (await signIn(session.person)).token;
    return client.send({ ...call, token: session.token });
  }

  /** Sends a request; what is made by it is made once, however often it has to be sent. Gives the body of the expected answer. */
  async function send<Body>(session: Session, expected: number, call: Call): Promise<Body> {
    const once = call.method === 'POST' ? { ...call, idempotencyKey: `${runId}-${(keys += 1)}` } : call;
    return bodyOf<Body>(once, await answerTo(session, once), expected);
  }

  /** Reads a list to its end, by cursor, a hundred at a time. */
  async function readAll<Item>(session: Session, path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: string = `${path}${path.includes('?') ? '&' : '?'}limit=100&cursor=${encodeURIComponent(cursor)}`;
      const body: { results: Item[]; next_cursor: string | null } = await send(session, 200, {
        method: 'GET',
        path: page,
      });
      items.push(...body.results);
      cursor = body.next_cursor;
    }
    return items;
  }

  return { signUp, send, readAll };
}

function bodyOf<Body>({ method, path }: Call, answer: Answer, expected: number): Body {
  if (answer.status === expected) return answer.body as Body;
  const route = path.replace(/[0-9a-f]{24}/g, ':id').replace(/\?.*/, '');
  throw new Unexpected(`${method} ${route} answered ${answer.status} ${codeOf(answer) ?? ''}`.trim());
}

function codeOf({ body }: Answer): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}
