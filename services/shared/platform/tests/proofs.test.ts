import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createProofs, PROVED_WITHIN_MS, type ProofOptions, type Proofs } from '../src/events/proofs.ts';
import { until } from '../src/testing/until.ts';

let proofs: Proofs | undefined;
afterEach(() => proofs?.stop());

/** Proofs over a broker that does what `publish` does, and the ids that were proved. */
function proofsOver(publish: ProofOptions['publish'], options: Partial<ProofOptions> = {}) {
  const proved: string[] = [];
  const onProved = async (ids: string[]): Promise<void> => void proved.push(...ids);
  const made = createProofs({ publish, onProved, log: pino({ level: 'silent' }), afterMs: 10, ...options });
  proofs = made;
  return { proofs: made, proved };
}

const never = (): Promise<void> => new Promise(() => undefined);

describe('an event that the sidecar accepted', () => {
  it('is proved by the next event, which went after it over the same connection', () => {
    const { proofs: mine, proved } = proofsOver(never);

    mine.add('a', { begunAt: 100, endedAt: 110 });
    mine.add('b', { begunAt: 110, endedAt: 120 });

    expect(proved).toEqual(['a']);
  });

  it('is not proved by one that was on its way at the same time', () => {
    const { proofs: mine, proved } = proofsOver(never);

    mine.add('a', { begunAt: 100, endedAt: 110 });
    mine.add('b', { begunAt: 109, endedAt: 120 });

    expect(proved).toEqual([]);
  });

  it('is never proved by one that may have gone over a new connection', () => {
    const { proofs: mine, proved } = proofsOver(never, { withinMs: 1_000 });

    mine.add('lost', { begunAt: 100, endedAt: 110 });
    mine.add('b', { begunAt: 500, endedAt: 1_100 });
    mine.add('c', { begunAt: 1_100, endedAt: 1_110 });

    expect(proved).toEqual(['b']);
  });

  it('is proved by a message for nobody where no event follows', async () => {
    let published = 0;
    const { proofs: mine, proved } = proofsOver(async () => void published++);

    mine.add('a', { begunAt: performance.now() - 5, endedAt: performance.now() });

    await until(() => proved.length === 1);
    expect({ proved, published }).toEqual({ proved: ['a'], published: 1 });
  });

  it('is not proved where that message takes as long as a new connection', async () => {
    let published = 0;
    const slow = async (): Promise<void> => {
      published++;
      await delay(60);
    };
    const { proofs: mine, proved } = proofsOver(slow, { withinMs: 50 });

    mine.add('lost', { begunAt: performance.now(), endedAt: performance.now() });
    await until(() => published === 1);
    await mine.flush();

    expect(proved).toEqual([]);
  });

  it('is not proved where that message is refused', async () => {
    let refusals = 0;
    const refuse = (): Promise<void> => {
      refusals++;
      return Promise.reject(new Error('away'));
    };
    const { proofs: mine, proved } = proofsOver(refuse);

    mine.add('a', { begunAt: performance.now(), endedAt: performance.now() });
    await until(() => refusals === 1);
    await mine.flush();

    expect({ proved, refusals }).toEqual({ proved: [], refusals: 1 });
  });
});

it('counts on a component that waits longer before it connects anew', async () => {
  const pubsub = await readFile(new URL('../../../../components/pubsub.yaml', import.meta.url), 'utf8');
  const seconds = Number(/name: reconnectWaitSeconds\n\s+value: '(\d+)'/.exec(pubsub)?.[1]);

  expect(seconds * 1_000).toBeGreaterThan(PROVED_WITHIN_MS);
});
