import { describe, expect, it } from '@jest/globals';
import { poisonEvents, repeated, unknownEvents } from '../broker/made-up-events.ts';
import { insist } from '../load/insist.ts';
import { createRandom } from '../plan/random.ts';
import { queuesOf, topologyOf } from '../platform/topology.ts';
import type { Finding } from '../recount/observed.ts';
import { converge } from '../recount/settle.ts';

describe('the topology', () => {
  it('tells from the definitions of the broker who hears of what', () => {
    const bind = (source: string, destination: string) => ({ source, destination });

    const topology = topologyOf({
      queues: [{ name: 'like-post-events' }, { name: 'like-like-dead-letters' }, { name: 'post-post-events' }],
      bindings: [
        bind('post-events', 'like-post-events'),
        bind('like-dead-letters', 'like-like-dead-letters'),
        bind('post-events', 'post-post-events'),
      ],
    });

    expect(topology.topics).toEqual(['post-events']);
    expect(topology.consumers).toEqual(['like', 'post']);
    expect(queuesOf(topology, 'like')).toEqual([{ name: 'like-post-events', topic: 'post-events', service: 'like' }]);
  });
});

describe('events that are made up', () => {
  const message = (id: string, type: string) => ({
    exchange: 'post-events',
    body: Buffer.from(JSON.stringify({ id, type, data: { post_id: 'p' } })),
    properties: {},
  });
  const read = ({ body }: { body: Buffer }) => JSON.parse(body.toString());

  it('have types that nobody knows, and ids of their own', () => {
    const made = unknownEvents(message('a', 'PostLiked'), 3).map(read);

    expect(made.map(({ type }) => type)).toEqual(['NobodyKnowsThis', 'NobodyKnowsThis', 'NobodyKnowsThis']);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  });

  it('are poison of each type once', () => {
    const { messages, ids } = poisonEvents([
      message('a', 'PostLiked'),
      message('b', 'PostLiked'),
      message('c', 'PostUnliked'),
    ]);

    expect(messages.map(read).map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'PostLiked', data: { v: 1 } },
      { type: 'PostUnliked', data: { v: 1 } },
    ]);
    expect(messages.map((each) => read(each).id)).toEqual(ids);
  });

  it('are the same ones again', () => {
    const known = [message('a', 'PostLiked')];

    expect(repeated(known, createRandom(1), 2)).toEqual([known[0], known[0]]);
    expect(repeated([], createRandom(1), 2)).toEqual([]);
  });
});

describe('insisting', () => {
  const answer = (status: number, code?: string) => ({ status, body: { code }, headers: new Headers() });

  it('asks until an answer tells what became of it, and remembers that it was unsure', async () => {
    const answers = [answer(503), answer(409, 'idempotency_key_in_use'), answer(201)];

    const { answer: last, wasUnsure } = await insist(async () => answers.shift() ?? answer(500));

    expect([last?.status, wasUnsure, answers.length]).toEqual([201, true, 0]);
  });

  it('takes a refusal for an answer', async () => {
    const { answer: last, wasUnsure } = await insist(async () => answer(409, 'already_exists'));

    expect([last?.status, wasUnsure]).toEqual([409, false]);
  });

  it('gives up without an answer', async () => {
    expect(await insist(async () => answer(0), 0)).toEqual({ answer: undefined, wasUnsure: true });
  });
});

describe('looking until it is right', () => {
  const right: Finding[] = [{ name: 'all is there', kind: 'loss', problems: [] }];
  const wrong: Finding[] = [{ name: 'all is there', kind: 'loss', problems: [{ what: 'a post is missing' }] }];

  it('takes what is right at once, also after a look that failed', async () => {
    const looks = [() => Promise.reject(new Error('away')), async () => right];

    expect(await converge(() => looks.shift()!(), 60_000)).toEqual(right);
  });

  it('gives what it saw last where it never is', async () => {
    expect(await converge(async () => wrong, -1)).toEqual(wrong);
  });
});
