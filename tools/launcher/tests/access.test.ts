import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded } from '../src/embedded/start-embedded.ts';
import type { Platform } from '../src/embedded/start-embedded.ts';
import { services } from '../src/services.ts';
import { aFolder } from './temp-folder.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startEmbedded({
    loadServices: () => Promise.resolve(services.filter(({ name }) => ['auth', 'like'].includes(name))),
    port: 0,
    dataDir: await aFolder(),
    env: {
      ...process.env,
      MONGODB_URI: process.env['COMMONS_TEST_MONGODB_URI'],
      DATABASE_PREFIX: 'access_',
      LOG_LEVEL: 'error',
    },
  });
}, 60_000);

afterAll(() => platform.stop());

describe('the access lists of the platform', () => {
  it('let a service make the calls that its code makes', async () => {
    expect(await statusOf('like', 'POST', 'invoke/auth/method/internal/GetJwks')).toBe(200);
  });

  it('let it make no others, and reach nothing that is for people', async () => {
    expect([
      await statusOf('like', 'POST', 'invoke/auth/method/internal/CreateSession'),
      await statusOf('like', 'GET', 'invoke/auth/method/internal/GetJwks'),
      await statusOf('like', 'GET', 'invoke/auth/method/api/admin/users'),
      await statusOf('auth', 'GET', 'invoke/like/method/api/likes'),
    ]).toEqual([403, 403, 403, 403]);
  });

  it('let a service read its own secrets alone', async () => {
    expect([
      await statusOf('auth', 'GET', 'secrets/secretstore/auth-key-encryption-key'),
      await statusOf('auth', 'GET', 'secrets/secretstore/blob-connection-string'),
      await statusOf('like', 'GET', 'secrets/secretstore/auth-key-encryption-key'),
    ]).toEqual([200, 403, 403]);
  });

  it('let a service see the components that it uses alone', async () => {
    expect([
      await statusOf('auth', 'GET', 'state/statestore/any'),
      await statusOf('like', 'GET', 'state/statestore/any'),
    ]).toEqual([204, 500]);
  });
});

/** What a service's sidecar answers to the service. */
async function statusOf(service: string, method: string, path: string): Promise<number> {
  const token = platform.services.get(service)?.ctx.config.DAPR_API_TOKEN ?? '';
  const response = await fetch(`${platform.harness.sidecar(service).url}/v1.0/${path}`, {
    method,
    headers: { 'dapr-api-token': token, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{}' }),
  });
  await response.arrayBuffer();
  return response.status;
}
