import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postDeleted, postLiked } from '@commons/contracts';
import { z } from 'zod';
import { defineService, subscribeFor, type BaseContext } from '../src/index.ts';
import { anId, buildService, until, type ServiceUnderTest } from '../src/testing/index.ts';

const subscribe = subscribeFor<BaseContext>();
const busy = new Map<string, number>();
let mostOfOne = 0;

/** Ends when events of both posts have begun. */
async function handle(postId: string): Promise<void> {
  const count = (busy.get(postId) ?? 0) + 1;
  busy.set(postId, count);
  mostOfOne = Math.max(mostOfOne, count);
  await until(() => busy.size === 2);
  busy.set(postId, count - 1);
}

const inTurn = ({ post_id }: { post_id: string }): string => post_id;
const service = defineService({
  name: 'in-turn',
  config: z.object({}),
  createContext: (base) => base,
  subscriptions: [
    subscribe(postLiked, ({ data }) => handle(data.post_id), { inTurn }),
    subscribe(postDeleted, ({ data }) => handle(data.post_id), { inTurn }),
  ],
});

let running: ServiceUnderTest<BaseContext>;
beforeAll(async () => {
  running = await buildService(service);
});
afterAll(() => running.stop());

describe('events that are handled in turn', () => {
  it('do not overlap where they name the same thing, of whatever type they are; others go on beside them', async () => {
    const posts = [anId(), anId()];
    const deliveries = posts.flatMap((post_id) => [
      ...Array.from({ length: 4 }, (_, revision) =>
        running.deliver(postLiked, {
          post_id,
          post_author_id: anId(),
          post_title: '',
          user_id: anId(),
          username: 'bob',
          likes_count: 1,
          revision,
        }),
      ),
      running.deliver(postDeleted, { post_id, author_id: anId() }),
    ]);

    await Promise.all(deliveries);

    expect({ mostOfOne, left: [...busy.values()] }).toEqual({ mostOfOne: 1, left: [0, 0] });
  });
});
