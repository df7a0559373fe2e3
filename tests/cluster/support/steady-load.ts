import { setTimeout as wait } from 'node:timers/promises';
import type { Account, Client, Reply } from '../../end-to-end/support/client.ts';

export type Outcome = {
  asked: number;
  /** Each request that did not get the answer that it should: what it was, when (milliseconds from the start), and what came. */
  failed: string[];
  /** Ids of the posts whose making was acknowledged. */
  posts: string[];
};

type SteadyLoad = {
  /** What came of it until now. */
  outcome: Outcome;
  /** Sends nothing more, and waits for the answers that are due. */
  stop(): Promise<void>;
};

/** What people do, in turn: read lists and posts, write, like, comment, look at their notifications. */
type Deed = { title: string; expected: number; ask: () => Promise<Reply> };

const PER_SECOND = 10;

/** Does something while requests come at a steady rate. @returns what became of these; its `outcome` can be looked at meanwhile. */
export async function underLoad(api: Client, work: (outcome: Outcome) => Promise<void>): Promise<Outcome> {
  const load = await startLoad(api);
  try {
    await work(load.outcome);
  } finally {
    await load.stop();
  }
  return load.outcome;
}

/** Sends requests at a steady rate, whatever becomes of those before, until it is stopped, for ten minutes at most. */
async function startLoad(api: Client): Promise<SteadyLoad> {
  const people = await Promise.all([api.register(), api.register(), api.register()]);
  const outcome: Outcome = { asked: 0, failed: [], posts: [] };
  const deeds = deedsOf(api, people, outcome);
  const due: Promise<void>[] = [];
  const startedAt = Date.now();
  const isOver = (): boolean => Date.now() - startedAt > 600_000;
  let isStopped = false;

  async function run(deed: Deed): Promise<void> {
    const at = Date.now() - startedAt;
    outcome.asked += 1;
    const came = await deed.ask().then(
      ({ status, body }) => (status === deed.expected ? undefined : `${status} ${JSON.stringify(body)}`),
      (error: unknown) => reasonOf(error as Error),
    );
    if (came !== undefined)
      outcome.failed.push(`${deed.title} at ${at} ms, after ${Date.now() - startedAt - at} ms: ${came}`);
  }

  async function send(): Promise<void> {
    for (let count = 0; !isStopped && !isOver(); count++) {
      const deed = deeds[count % deeds.length];
      if (deed) due.push(run(deed));
      await wait(Math.max(0, startedAt + ((count + 1) * 1_000) / PER_SECOND - Date.now()));
    }
  }

  const [first] = deeds;
  if (first) await run(first);
  const sending = send();
  return {
    outcome,
    async stop() {
      isStopped = true;
      await sending;
      await Promise.all(due);
    },
  };
}

function deedsOf(api: Client, people: readonly Account[], outcome: Outcome): Deed[] {
  let turn = 0;
  const somebody = (): Account | undefined => people[turn++ % people.length];
  const aPost = (): string => outcome.posts.at(-1) ?? '';
  const write = async (): Promise<Reply> => {
    const body = { title: 'A walk', content: `Number ${outcome.asked}.` };
    const reply = await api.send('POST', '/api/posts', { as: somebody(), body });
    if (reply.status === 201) outcome.posts.push(reply.body.id as string);
    return reply;
  };
  return [
    { title: 'write a post', expected: 201, ask: write },
    { title: 'list posts', expected: 200, ask: () => api.send('GET', '/api/posts') },
    { title: 'read a post', expected: 200, ask: () => api.send('GET', `/api/posts/${aPost()}`, { as: somebody() }) },
    { title: 'like', expected: 200, ask: () => api.send('PUT', `/api/posts/${aPost()}/like`, { as: somebody() }) },
    {
      title: 'comment',
      expected: 201,
      ask: () =>
        api.send('POST', '/api/comments', { as: somebody(), body: { post_id: aPost(), content: 'Where is that?' } }),
    },
    {
      title: 'list comments',
      expected: 200,
      ask: () => api.send('GET', `/api/comments?post_id=${aPost()}`, { as: somebody() }),
    },
    {
      title: 'list notifications',
      expected: 200,
      ask: () => api.send('GET', '/api/notifications', { as: somebody() }),
    },
    { title: 'read one’s account', expected: 200, ask: () => api.send('GET', '/api/auth/me', { as: somebody() }) },
  ];
}

/** `fetch` hides what happened to the connection in the cause. */
const reasonOf = ({ message, cause }: Error): string => (cause as { code?: string } | undefined)?.code ?? message;
