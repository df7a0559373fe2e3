import { openSocket } from '../../end-to-end/support/socket.ts';
import { pause, until } from '../platform/until.ts';
import type { Answer, Api, Request } from './api.ts';
import type { LoadUser } from './stage.ts';

/** Two who only travel: what they write is no part of the ledger. */
export type Journey = { author: LoadUser; fan: LoadUser };

const STEP_MS = 20_000;
const EVERY_MS = 1_000;
const LOOK_MS = 50;
const MOST_AT_ONCE = 4;

/**
 * Goes once through everything: a login, a post, a like and a comment by somebody else, both counted, both told of, and the like
 * told live. @throws at the first step that does not work.
 */
async function makeJourney(api: Api, { author, fan }: Journey): Promise<void> {
  const ask = (request: Omit<Request, 'purpose'>): Promise<Answer> => api.ask({ purpose: 'journey', ...request });
  const { body: session } = expectStatus(
    200,
    await ask({
      method: 'POST',
      path: '/api/auth/login',
      body: { username: author.username, password: author.password },
    }),
  );
  const token = session.token as string;
  const socket = await openSocket(api.url, token);
  try {
    const post = { title: 'A journey', content: 'From the click to the author.' };
    const { body: made } = expectStatus(201, await ask({ method: 'POST', path: '/api/posts', token, body: post }));
    const postId = made.id as string;
    expectStatus(200, await ask({ method: 'PUT', path: `/api/posts/${postId}/like`, token: fan.token }));
    const comment = { post_id: postId, content: 'A word on the way.' };
    expectStatus(201, await ask({ method: 'POST', path: '/api/comments', token: fan.token, body: comment }));
    await until('the author is told of both', () => isTold(ask, token, postId), STEP_MS);
    await until('both are counted', () => isCounted(ask, postId), STEP_MS);
    await socket.frame(({ type, data }) => type === 'notification.created' && data.data.post_id === postId);
  } finally {
    socket.close();
  }
}

/**
 * Begins one journey after the other, whether or not those before have come to their end, until one works.
 * Gives when it did, in milliseconds. @throws where none does in time, with what kept the last one.
 */
export async function firstJourney(api: Api, journeys: readonly Journey[], limitMs: number): Promise<number> {
  const limit = Date.now() + limitMs;
  let arrivedAt: number | undefined;
  let last: unknown;
  let running = 0;
  for (let turn = 0; arrivedAt === undefined && Date.now() < limit; turn++) {
    const journey = journeys[turn % journeys.length];
    if (journey && running < MOST_AT_ONCE) {
      running += 1;
      void makeJourney(api, journey)
        .then(
          () => (arrivedAt ??= Date.now()),
          (error: unknown) => (last = error),
        )
        .finally(() => (running -= 1));
    }
    for (let waited = 0; waited < EVERY_MS && arrivedAt === undefined; waited += LOOK_MS) await pause(LOOK_MS);
  }
  if (arrivedAt === undefined) throw new Error(`no journey within ${limitMs / 1_000} s`, { cause: last });
  return arrivedAt;
}

type Ask = (request: Omit<Request, 'purpose'>) => Promise<Answer>;

async function isTold(ask: Ask, token: string, postId: string): Promise<boolean> {
  const { body } = expectStatus(200, await ask({ method: 'GET', path: '/api/notifications?limit=100', token }));
  const told = (body as { type: string; data: { post_id?: string } }[]).filter(({ data }) => data.post_id === postId);
  return ['LIKE', 'COMMENT'].every((wanted) => told.some(({ type }) => type === wanted));
}

/** The list shows the counts that `post` keeps; it asks nobody. */
async function isCounted(ask: Ask, postId: string): Promise<boolean> {
  const { body } = expectStatus(200, await ask({ method: 'GET', path: '/api/posts?limit=100' }));
  const posts = (body as { results: { id: string; likes_count: number; comments_count: number }[] }).results;
  return posts.some((post) => post.id === postId && post.likes_count === 1 && post.comments_count === 1);
}

function expectStatus(status: number, answer: Answer): Answer {
  if (answer.status !== status) throw new Error(`answered ${answer.status} instead of ${status}`);
  return answer;
}
