import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { ServiceUnavailable, Conflict } from '../src/http/errors.ts';
import { created } from '../src/http/answers.ts';
import { createIdempotency, type Idempotency, type IdempotencyKey } from '../src/http/idempotency.ts';
import { fakeClock } from '../src/testing/fake-clock.ts';
import { testDatabase } from '../src/testing/test-database.ts';

const database = testDatabase();
const clock = fakeClock('2026-03-01T12:00:00Z');
let db: Connection;
let idempotency: Idempotency;
beforeAll(async () => {
  db = await database.open('idempotency');
  idempotency = createIdempotency(db, clock);
  await idempotency.prepare();
});
afterAll(() => database.drop('idempotency'));

const aRequest = (overrides: Partial<IdempotencyKey> = {}): IdempotencyKey => ({
  userId: 'u',
  route: 'POST /x',
  key: randomUUID(),
  body: { a: 1 },
  ...overrides,
});

describe('an Idempotency-Key', () => {
  it('gives the second request the answer of the first', async () => {
    const request = aRequest();
    let runs = 0;
    const work = () => Promise.resolve(created({ run: ++runs }, '/x/1'));

    await idempotency.once(request, work);
    const second = await idempotency.once(request, work);

    expect(second).toEqual({
      status: 201,
      body: { run: 1 },
      headers: { location: '/x/1', 'idempotency-replayed': 'true' },
    });
    expect(runs).toBe(1);
  });

  it('belongs to one user and one route', async () => {
    const request = aRequest();
    await idempotency.once(request, () => Promise.resolve({ status: 204 }));

    const byAnother = await idempotency.once({ ...request, userId: 'v' }, () => Promise.resolve({ status: 202 }));
    const elsewhere = await idempotency.once({ ...request, route: 'POST /y' }, () => Promise.resolve({ status: 202 }));

    expect([byAnother.status, elsewhere.status]).toEqual([202, 202]);
  });

  it('is refused with another body', async () => {
    const request = aRequest();
    await idempotency.once(request, () => Promise.resolve({ status: 204 }));

    await expect(
      idempotency.once({ ...request, body: { a: 2 } }, () => Promise.resolve({ status: 204 })),
    ).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('is refused while the first request is still running', async () => {
    const request = aRequest();
    let finish: () => void = () => undefined;
    const first = idempotency.once(request, () => new Promise((resolve) => (finish = () => resolve({ status: 204 }))));
    await expect(idempotency.once(request, () => Promise.resolve({ status: 204 }))).rejects.toMatchObject({
      status: 409,
      code: 'idempotency_key_in_use',
    });
    finish();

    await expect(first).resolves.toEqual({ status: 204 });
  });

  it('keeps a refusal, and forgets a failure of ours', async () => {
    const refused = aRequest();
    const failed = aRequest();
    await expect(idempotency.once(refused, () => Promise.reject(new Conflict('No.', 'not_now')))).rejects.toMatchObject(
      { status: 409 },
    );
    await expect(idempotency.once(failed, () => Promise.reject(new ServiceUnavailable()))).rejects.toMatchObject({
      status: 503,
    });
    clock.advance(1);

    await expect(idempotency.once(refused, () => Promise.resolve({ status: 204 }))).rejects.toMatchObject({
      status: 409,
      code: 'not_now',
      message: 'No.',
    });
    await expect(idempotency.once(failed, () => Promise.resolve({ status: 204 }))).resolves.toEqual({ status: 204 });
  });

  it('does not repeat the transaction of a request that died between its commit and its answer', async () => {
    const request = aRequest();
    const diesAfterCommit = idempotency.once(request, async ({ remember }) => {
      const session = await db.startSession();
      await session.withTransaction(() => remember({ id: 'made', at: new Date('2026-01-01T00:00:00Z') }, session));
      await session.endSession();
      throw new ServiceUnavailable();
    });
    await expect(diesAfterCommit).rejects.toMatchObject({ status: 503 });
    clock.advance(1);

    const second = await idempotency.once(request, ({ earlier }) =>
      Promise.resolve({ status: 200, body: earlier?.result }),
    );

    expect(second.body).toEqual({ id: 'made', at: new Date('2026-01-01T00:00:00Z') });
  });
});
