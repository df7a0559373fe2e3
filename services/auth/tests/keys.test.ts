import { randomBytes } from 'node:crypto';
import { getJwks } from '@commons/contracts';
import { InvalidConfiguration } from '@commons/platform';
import { fakeClock } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { open, seal } from '../src/domain/key-cipher.ts';
import {
  anAccount,
  buildAuth,
  loggedIn,
  refreshing,
  startReplica,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const jwksOf = async (auth: Pick<AuthUnderTest, 'as'>) => {
  const { body } = await auth.as().get('/.well-known/jwks.json').expect(200);
  return body as { keys: { kid: string }[] };
};
const kidOf = (token: string) => jwt.decode(token, { complete: true })?.header.kid;

describe('signing keys', () => {
  afterEach(stopAll);

  it('are published without their private parts, the same to everyone', async () => {
    const auth = await buildAuth();

    const response = await auth.as().get('/.well-known/jwks.json').expect(200);
    const { body: internal } = await auth.call(getJwks, {}).expect(200);
    const account = await anAccount(auth);

    expect(response.body).toEqual({
      keys: [
        {
          kid: kidOf(account.token),
          kty: 'EC',
          crv: 'P-256',
          alg: 'ES256',
          use: 'sig',
          x: expect.any(String),
          y: expect.any(String),
        },
      ],
    });
    expect(response.headers['cache-control']).toBe('public, max-age=60');
    expect(internal).toEqual(response.body);
  });

  it('rotate without ending a session: the next is known before it signs, the last until its tokens are dead', async () => {
    const clock = fakeClock();
    const auth = await buildAuth({ clock });
    const account = await anAccount(auth);
    const first = kidOf(account.token);

    clock.advance(30 * DAY_MS - 10 * MINUTE_MS);
    const announced = await jwksOf(auth);
    const early = await loggedIn(auth, account);
    clock.advance(10 * MINUTE_MS);
    const rotated = await jwksOf(auth);
    const late = await loggedIn(auth, account);

    const second = announced.keys[1]?.kid;
    expect(announced.keys.map(({ kid }) => kid)).toEqual([first, expect.any(String)]);
    expect(kidOf(early.token)).toBe(first);
    expect(rotated).toEqual(announced);
    expect(kidOf(late.token)).toBe(second);
    await withToken(auth, early).get('/api/auth/me').expect(200);
    await withToken(auth, late).get('/api/auth/me').expect(200);
    const { body } = await refreshing(auth, early).expect(200);
    expect(kidOf(body.token)).toBe(second);

    clock.advance(15 * MINUTE_MS);
    expect((await jwksOf(auth)).keys.map(({ kid }) => kid)).toEqual([first, second]);
    clock.advance(10 * MINUTE_MS);
    expect((await jwksOf(auth)).keys.map(({ kid }) => kid)).toEqual([second]);
    const stored = await auth.ctx.db.collection('signing_keys').find().toArray();
    expect(stored.map(({ _id }) => String(_id))).toEqual([second]);
  });

  it('rotate once after a long sleep, and not before the new one was published', async () => {
    const clock = fakeClock();
    const auth = await buildAuth({ clock });
    const account = await anAccount(auth);

    clock.advance(100 * DAY_MS);
    const awake = await loggedIn(auth, account);
    const published = await jwksOf(auth);
    clock.advance(10 * MINUTE_MS);
    const later = await loggedIn(auth, account);

    expect(kidOf(awake.token)).toBe(kidOf(account.token));
    expect(published.keys.length).toBe(2);
    expect(kidOf(later.token)).toBe(published.keys[1]?.kid);
  });

  it('are one, however many replicas make the first or the next at once', async () => {
    const clock = fakeClock();
    const auth = await buildAuth({ clock, environment: { KEY_ROTATION_DAYS: '1' } });
    const replicas = await Promise.all(
      [1, 2].map(() => startReplica(auth, { environment: { KEY_ROTATION_DAYS: '1' } })),
    );
    clock.advance(DAY_MS);

    const published = await Promise.all([auth, ...replicas].map(({ ctx }) => ctx.keys.published()));

    const kids = published.map((keys) => keys.map(({ kid }) => kid));
    expect(kids[0]!.length).toBe(2);
    expect(kids).toEqual([kids[0], kids[0], kids[0]]);
    expect(await auth.ctx.db.collection('signing_keys').countDocuments()).toBe(2);
  });

  it('are encrypted in the database', async () => {
    const auth = await buildAuth();

    const stored = await auth.ctx.db.collection('signing_keys').find().toArray();

    expect(stored).toEqual([
      {
        _id: expect.any(String),
        generation: 1,
        signs_from: expect.any(Date),
        public_jwk: expect.not.objectContaining({ d: expect.anything() }),
        private_sealed: expect.stringMatching(/^[\w-]{16}\.[\w-]{22}\.[\w-]{100,}$/),
      },
    ]);
  });

  it('survive a restart: tokens go on to work', async () => {
    const auth = await buildAuth();
    const account = await anAccount(auth);

    const replica = await startReplica(auth);
    const keys = await replica.ctx.keys.published();

    expect(keys.map(({ kid }) => kid)).toEqual([kidOf(account.token)]);
  });

  it('are encrypted with a new secret from the next one on, while the one before still opens what it closed', async () => {
    const [fresh, before] = [randomBytes(32), randomBytes(32)];
    const secret = [fresh, before].map((key) => key.toString('base64')).join(',');
    const clock = fakeClock();
    const auth = await buildAuth({ clock, secrets: { 'auth-key-encryption-key': secret } });
    const account = await anAccount(auth);
    const kid = kidOf(account.token) ?? '';
    const stored = auth.ctx.db.collection<{ _id: string; private_sealed: string }>('signing_keys');
    const sealed = (await stored.findOne({ _id: kid }))?.private_sealed ?? '';
    await stored.updateOne({ _id: kid }, { $set: { private_sealed: seal(open(sealed, fresh, kid), before, kid) } });

    const replica = await startReplica(auth);
    const signer = await replica.ctx.keys.signer();
    clock.advance(30 * DAY_MS);
    const [, next] = await replica.ctx.keys.published();

    expect(signer.kid).toBe(kid);
    const made = await stored.findOne({ _id: next?.kid ?? '' });
    expect(open(made?.private_sealed ?? '', fresh, made?._id ?? '')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('are not to be had with another secret: the service says so and does not start', async () => {
    const auth = await buildAuth();
    const other = randomBytes(64).toString('base64url');
    await auth.ctx.db
      .collection('signing_keys')
      .updateMany({}, { $set: { private_sealed: `${other.slice(0, 16)}.${other.slice(0, 22)}.${other}` } });

    const starting = startReplica(auth);

    await expect(starting).rejects.toThrow(/secret that encrypts signing keys is another/);
  });

  it.each([
    ['is missing', {}, /the secret store has no auth-key-encryption-key/],
    ['is too short', { 'auth-key-encryption-key': 'c2hvcnQ=' }, /must be 32 bytes in base64, and has 5/],
  ])('need their secret: where it %s the service says so and does not start', async (_what, secrets, words) => {
    const building = buildAuth({ secrets });

    await expect(building).rejects.toThrow(words);
    await expect(building).rejects.toBeInstanceOf(InvalidConfiguration);
  });
});
