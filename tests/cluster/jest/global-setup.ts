import { openPlatform, type Platform } from '../support/release.ts';

/** Quick passwords, an admin and no rate limits, as in the other ways of running: what the tests ask is asked in a hurry. */
const FOR_TESTS = [
  'auth.env.BCRYPT_COST=4',
  'auth.env.ADMIN_USERNAME=root',
  'auth.secretEnv.ADMIN_PASSWORD.name=admin-of-the-tests',
  'auth.secretEnv.ADMIN_PASSWORD.key=password',
  'gateway.env.RATE_LIMIT_ADDRESS_PER_SECOND=0',
  'gateway.env.RATE_LIMIT_USER_PER_SECOND=0',
];

/** The images stay as they are, and so do the databases. */
const NO_MIGRATIONS = '--no-hooks';

const PASSWORD = 'correct horse battery';
const SECRET = 'admin-of-the-tests';
const found = globalThis as { platformBeforeTests?: { platform: Platform; values: string } };

/** Before all tests of the cluster: gives the platform that runs there what they need, by an upgrade. */
export default async function setUp(): Promise<void> {
  const platform = await openPlatform();
  found.platformBeforeTests = { platform, values: await platform.values() };
  await platform.kubectl('delete', 'secret', SECRET, '--ignore-not-found');
  await platform.kubectl('create', 'secret', 'generic', SECRET, `--from-literal=password=${PASSWORD}`);
  await platform.upgrade(FOR_TESTS, NO_MIGRATIONS);
}

/** After them: takes the admin away whose password everybody may read here, and what else they needed. */
export async function tearDown(): Promise<void> {
  if (!found.platformBeforeTests) return;
  const { platform, values } = found.platformBeforeTests;
  const root = await platform.api.login('root', PASSWORD);
  await platform.install(values, NO_MIGRATIONS);
  await platform.api.send('DELETE', '/api/auth/me', { as: root, body: { password: PASSWORD } });
  await platform.kubectl('delete', 'secret', SECRET);
}
