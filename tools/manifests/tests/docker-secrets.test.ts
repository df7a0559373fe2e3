import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepSecrets } from '../src/keep-secrets.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'docker-secrets-'));
  folder = join(parent, 'secrets');
});
afterEach(() => rm(parent, { recursive: true }));

const text = (name: string) => readFile(join(folder, name), 'utf8');
const made = [
  'auth.env',
  'post.env',
  'secrets.json',
  'secrets-local.json',
  'redis.conf',
  'rabbitmq-users.json',
  'azurite.env',
  'sentry/ca.crt',
  'sentry/issuer.crt',
  'sentry/issuer.key',
  'trust.env',
];

describe('the secrets of the platform in Docker', () => {
  it('are made once, and stay', async () => {
    expect(await keepSecrets(folder, ['auth', 'post'])).toEqual(made);
    const before = await Promise.all(made.map(text));
    expect(await keepSecrets(folder, ['auth', 'post'])).toEqual([]);
    expect(await Promise.all(made.map(text))).toEqual(before);
  });

  it('are made for a new service without a change to the others', async () => {
    await keepSecrets(folder, ['auth']);
    expect(await keepSecrets(folder, ['auth', 'post'])).toEqual(['post.env']);
    const tokens = [await text('auth.env'), await text('post.env')].flatMap(
      (file) => file.match(/[0-9a-f]{64}/g) ?? [],
    );
    expect(new Set(tokens).size).toBe(4);
  });

  it('stand in a folder that only its owner can enter', async () => {
    await keepSecrets(folder, []);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'seed.json'))).mode & 0o777).toBe(0o600);
  });

  it('agree with each other', async () => {
    await keepSecrets(folder, []);
    const seed = JSON.parse(await text('seed.json'));
    const { 'blob-account-key': key, 'rabbitmq-password': rabbitmq, 'redis-password': redis } = seed;
    expect(JSON.parse(await text('secrets.json'))).toEqual({
      'auth-key-encryption-key': seed['auth-key-encryption-key'],
      'blob-connection-string': `DefaultEndpointsProtocol=http;AccountName=commons;AccountKey=${key};BlobEndpoint=http://azurite:10000/commons;`,
      'rabbitmq-connection-string': `amqp://commons:${rabbitmq}@rabbitmq:5672`,
      'redis-host': 'redis:6379',
      'redis-password': redis,
    });
    expect(await text('redis.conf')).toBe(`requirepass ${redis}\nappendonly yes\ndir /data\n`);
    expect(await text('azurite.env')).toBe(`AZURITE_ACCOUNTS=commons:${key}\n`);
    expect(JSON.parse(await text('secrets-local.json'))['redis-host']).toBe('127.0.0.1:6379');
    expect([seed['auth-key-encryption-key'], key].map((value) => Buffer.from(value, 'base64').length)).toEqual([
      32, 64,
    ]);
  });

  it('hold an authority whose anchor vouches for the one that signs', async () => {
    await keepSecrets(folder, []);
    const anchor = new X509Certificate(await text('sentry/ca.crt'));
    const issuer = new X509Certificate(await text('sentry/issuer.crt'));
    expect([anchor.ca, issuer.ca]).toEqual([true, true]);
    expect(anchor.verify(anchor.publicKey)).toBe(true);
    expect(issuer.verify(anchor.publicKey)).toBe(true);
    expect(issuer.checkPrivateKey(createPrivateKey(await text('sentry/issuer.key')))).toBe(true);
    expect(JSON.parse((await text('trust.env')).replace('DAPR_TRUST_ANCHORS=', ''))).toBe(await text('sentry/ca.crt'));
  });
});
