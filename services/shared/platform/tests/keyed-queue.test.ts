import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { createKeyedQueue, inAllTurns } from '../src/index.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a line for a key', () => {
  it('serves one after the other, whatever becomes of them', async () => {
    const queue = createKeyedQueue();
    const seen: string[] = [];
    const visit = (name: string) => async () => {
      seen.push(`${name} in`);
      await tick();
      seen.push(`${name} out`);
      if (name === 'b') throw new Error('no');
      return name;
    };

    const visits = await Promise.allSettled(['a', 'b', 'c'].map((name) => queue('key', visit(name))));

    expect(visits.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('breaks up where the database is away, and forms anew for who comes then', async () => {
    const queue = createKeyedQueue();
    const away = new mongoose.mongo.MongoNetworkError('away');
    let runs = 0;
    const fail = async (): Promise<void> => {
      runs++;
      await tick();
      throw away;
    };

    const visits = await Promise.allSettled([1, 2, 3].map(() => queue('key', fail)));

    expect(visits).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: away })));
    expect(runs).toBe(1);
    expect(await queue('key', () => Promise.resolve('here'))).toBe('here');
  });
});

describe('lines for several keys', () => {
  it('are stood in at once, and nobody waits for one who waits for them', async () => {
    const queue = createKeyedQueue();
    let atOnce = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++atOnce);
      await tick();
      atOnce--;
    };

    await Promise.all([
      inAllTurns(queue, ['a', 'b'], work),
      inAllTurns(queue, ['b', 'a'], work),
      inAllTurns(queue, ['a', 'a'], work),
    ]);

    expect(most).toBe(1);
    expect(await inAllTurns(queue, [], () => Promise.resolve('done'))).toBe('done');
  });
});
