import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createKeySource, type Jwk } from '../src/auth/jwks.ts';
import { fakeClock } from '../src/testing/index.ts';

const aJwk = (kid: string): Jwk => ({
  ...(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) as Jwk),
  kid,
});

/** Keys whose owner can be away, and a count of how often they were asked for. */
function aSource() {
  const clock = fakeClock();
  const owner = { keys: [aJwk('first')], isAway: false, asked: 0 };
  const source = createKeySource(async () => {
    owner.asked++;
    if (owner.isAway) throw new Error('the owner is away');
    return owner.keys;
  }, clock);
  return { source, owner, clock };
}

describe('the public keys', () => {
  it('are asked for once, and not for each token', async () => {
    const { source, owner } = aSource();

    expect(await Promise.all([source.find('first'), source.find('first')])).toEqual([
      expect.anything(),
      expect.anything(),
    ]);
    expect(owner.asked).toBe(1);
  });

  it('are asked for again for one that is unknown, once a second at most', async () => {
    const { source, owner, clock } = aSource();
    await source.find('first');
    owner.keys = [...owner.keys, aJwk('second')];

    expect(await source.find('second')).toBeUndefined();
    clock.advance(1_000);
    expect(await source.find('second')).toBeDefined();
  });

  it('are not said to be wrong while their owner is away', async () => {
    const { source, owner, clock } = aSource();
    owner.isAway = true;

    await expect(source.find('first')).rejects.toThrow('the owner is away');
    await expect(source.find('first')).rejects.toThrow('the owner is away');
    expect(owner.asked).toBe(1);
    owner.isAway = false;
    clock.advance(1_000);
    expect(await source.find('first')).toBeDefined();
  });

  it('that are known serve on while their owner is away', async () => {
    const { source, owner, clock } = aSource();
    await source.find('first');
    owner.isAway = true;
    clock.advance(10 * 60_000);

    expect(await source.find('first')).toBeDefined();
    await expect(source.find('second')).rejects.toThrow('the owner is away');
  });
});
