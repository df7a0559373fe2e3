import { createHash, randomBytes } from 'node:crypto';
import type { Authority } from './certificates.ts';

/** Random secrets that all files are made from; kept, so that data made with them stays readable. */
export type Seed = Readonly<Record<SeedName, string>>;

const SEED_BYTES = {
  'auth-key-encryption-key': 32,
  'blob-account-key': 64,
  'rabbitmq-password': 24,
  'redis-password': 24,
} as const;

type SeedName = keyof typeof SEED_BYTES;

const USER = 'commons';

/** New random secrets, in base64; passwords in its form for URLs. */
export function makeSeed(): Seed {
  const secret = (name: SeedName): string =>
    randomBytes(SEED_BYTES[name]).toString(name.endsWith('-password') ? 'base64url' : 'base64');
  return Object.fromEntries((Object.keys(SEED_BYTES) as SeedName[]).map((name) => [name, secret(name)])) as Seed;
}

/** What a sidecar and its app prove themselves to each other with, as variables of both. */
export function tokensFile(): string {
  const token = () => randomBytes(32).toString('hex');
  return `APP_API_TOKEN=${token()}\nDAPR_API_TOKEN=${token()}\n`;
}

/** The files of the back-ends, by name; the same for the same seed but for a salt. */
export function backendFiles(seed: Seed): Record<string, string> {
  return {
    'secrets.json': json(secretsFor(seed, (backend, port) => `${backend}:${port}`)),
    'secrets-local.json': json(secretsFor(seed, (_, port) => `127.0.0.1:${port}`)),
    'redis.conf': `requirepass ${seed['redis-password']}\nappendonly yes\ndir /data\n`,
    'rabbitmq-users.json': json(rabbitmqUsers(seed['rabbitmq-password'])),
    'azurite.env': `AZURITE_ACCOUNTS=${USER}:${seed['blob-account-key']}\n`,
  };
}

/** The files of sentry, and the variable by which sidecars believe it. */
export function authorityFiles({ anchor, issuer, issuerKey }: Authority): Record<string, string> {
  return {
    'sentry/ca.crt': anchor,
    'sentry/issuer.crt': issuer,
    'sentry/issuer.key': issuerKey,
    'trust.env': `DAPR_TRUST_ANCHORS="${anchor.replaceAll('\n', '\\n')}"\n`,
  };
}

/** What components and services ask the secret store for; see components/secretstore.yaml. */
function secretsFor(seed: Seed, address: (backend: string, port: number) => string): Record<string, string> {
  return {
    'auth-key-encryption-key': seed['auth-key-encryption-key'],
    'blob-connection-string': [
      'DefaultEndpointsProtocol=http',
      `AccountName=${USER}`,
      `AccountKey=${seed['blob-account-key']}`,
      `BlobEndpoint=http://${address('azurite', 10_000)}/${USER};`,
    ].join(';'),
    'rabbitmq-connection-string': `amqp://${USER}:${seed['rabbitmq-password']}@${address('rabbitmq', 5672)}`,
    'redis-host': address('redis', 6379),
    'redis-password': seed['redis-password'],
  };
}

/** Imported beside components/rabbitmq/definitions.json (https://www.rabbitmq.com/docs/passwords). */
function rabbitmqUsers(password: string): object {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  return {
    vhosts: [{ name: '/' }],
    users: [
      {
        name: USER,
        password_hash: Buffer.concat([salt, hash]).toString('base64'),
        hashing_algorithm: 'rabbit_password_hashing_sha256',
        tags: [],
      },
    ],
    permissions: [{ user: USER, vhost: '/', configure: '.*', write: '.*', read: '.*' }],
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
