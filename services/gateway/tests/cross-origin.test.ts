import { describe, expect, it } from '@jest/globals';
import { echoes, gatewayOf } from './gateway-under-test.ts';

const EXPOSED =
  'ETag,Link,Location,X-Total-Count,X-Request-Id,Retry-After,RateLimit-Policy,RateLimit-Limit,RateLimit-Remaining,RateLimit-Reset,Idempotency-Replayed,WWW-Authenticate';

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'authorization,if-match',
  },
});

describe('for all origins', () => {
  const gateway = gatewayOf({ apps: echoes });

  it('answers a preflight itself', async () => {
    const { status, headers, text } = await gateway.ask('/api/posts', preflight('https://app.example'));

    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,HEAD,POST,PUT,PATCH,DELETE',
      'access-control-allow-headers': 'authorization,if-match',
      'access-control-max-age': '600',
    });
  });

  it('lets a page read the headers that a client needs, of errors too', async () => {
    for (const path of ['/api/posts', '/nothing']) {
      const { headers } = await gateway.ask(path, { headers: { origin: 'https://app.example' } });

      expect([headers['access-control-allow-origin'], headers['access-control-expose-headers']]).toEqual([
        '*',
        EXPOSED,
      ]);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });
});

describe('for some origins', () => {
  const gateway = gatewayOf({
    apps: echoes,
    environment: { CORS_ORIGINS: 'https://app.example, http://localhost:5173' },
  });

  it.each(['https://app.example', 'http://localhost:5173'])('names %s', async (origin) => {
    const { headers } = await gateway.ask('/api/posts', { headers: { origin } });

    expect([headers['access-control-allow-origin'], headers.vary]).toEqual([origin, 'Origin']);
  });

  it.each(['https://evil.example', 'https://app.example.evil.example', 'null'])('does not name %s', async (origin) => {
    expect(
      (await gateway.ask('/api/posts', { headers: { origin } })).headers['access-control-allow-origin'],
    ).toBeUndefined();
    expect((await gateway.ask('/api/posts', preflight(origin))).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('for none', () => {
  const gateway = gatewayOf({ apps: echoes, environment: { CORS_ORIGINS: 'none' } });

  it('names none, and keeps images from other pages', async () => {
    const { headers } = await gateway.ask('/api/posts', { headers: { origin: 'https://app.example' } });

    expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([
      undefined,
      'same-origin',
    ]);
  });
});
