import { afterEach, describe, expect, it } from '@jest/globals';
import type { Revocation } from '@commons/contracts';
import { pino } from 'pino';
import { createRevocations, type Revocations } from '../src/auth/revocations.ts';
import { aUser } from '../src/testing/fake-users.ts';
import { until } from '../src/testing/until.ts';

const log = pino({ level: 'silent' });
const tokenOf = (user = aUser(), issuedAt = 1_000) => ({ user, issuedAt, expiresAt: issuedAt + 900 });
let open: Revocations | undefined;
afterEach(() => open?.stop());

describe('ended sessions', () => {
  it('are learned by polling, each poll looking back over the one before', async () => {
    const user = aUser();
    const asked: (string | undefined)[] = [];
    const ended: Revocation[] = [];
    open = createRevocations({
      pollMs: 5,
      log,
      list: (since) => {
        asked.push(since);
        return Promise.resolve({ revocations: ended, as_of: '2026-01-01T00:00:10.000Z' });
      },
    });
    await open.start();
    expect(open.isRevoked(tokenOf(user))).toBe(false);

    ended.push({ session_id: user.sessionId });

    await until(() => open?.isRevoked(tokenOf(user)) ?? false);
    expect(asked.slice(0, 2)).toEqual([undefined, '2026-01-01T00:00:05.000Z']);
  });

  it('hold on while their owner is away, and the polling goes on', async () => {
    const user = aUser();
    let calls = 0;
    open = createRevocations({
      pollMs: 5,
      log,
      list: () => {
        calls += 1;
        return Promise.reject(new Error('away'));
      },
    });
    open.add({ session_id: user.sessionId });
    await open.start();

    await until(() => calls > 2);

    expect(open.isRevoked(tokenOf(user))).toBe(true);
  });

  it('end the tokens of a user that were issued before a time, and no later ones', () => {
    const user = aUser();
    open = createRevocations({ pollMs: 1_000, log, list: () => Promise.reject(new Error('unused')) });
    open.add({ user_id: user.id, issued_before: 1_001 });
    open.add({ user_id: user.id, issued_before: 500 });

    expect(open.isRevoked(tokenOf(user, 1_000))).toBe(true);
    expect(open.isRevoked(tokenOf(user, 1_001))).toBe(false);
  });
});
