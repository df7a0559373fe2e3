import { expect, it } from '@jest/globals';
import { echoes, gatewayOf } from './gateway-under-test.ts';

const gateway = gatewayOf({ apps: echoes });

it.each(['/docs', '/docs/'])('shows the page at %s', async (path) => {
  const { status, headers, text } = await gateway.ask(path);

  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('<title>Commons API</title>');
});

it('loads everything from here, and may load nothing from elsewhere', async () => {
  const { headers, text } = await gateway.ask('/docs');
  const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
  const replies = await Promise.all(links.map((link) => gateway.ask(link)));

  expect(links).toEqual([
    '/docs/swagger-ui.css',
    '/docs/favicon-32x32.png',
    '/docs/swagger-ui-bundle.js',
    '/docs/start.js',
  ]);
  expect(replies.map((reply) => [reply.status, reply.headers['content-type']?.split(';')[0]])).toEqual([
    [200, 'text/css'],
    [200, 'image/png'],
    [200, 'text/javascript'],
    [200, 'text/javascript'],
  ]);
  expect(text).not.toMatch(/<script>| on\w+=/);
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

it('has the page read the description of this very API', async () => {
  expect((await gateway.ask('/docs/start.js')).text).toContain("url: '/openapi.json'");
});

it('keeps the stricter policy for everything else', async () => {
  for (const path of ['/api/posts', '/healthz', '/nothing'])
    expect((await gateway.ask(path)).headers['content-security-policy']).not.toContain('unsafe-inline; img');
});

it.each(['/docs/nothing.js', '/docs/../package.json', '/docs/%2e%2e/package.json', '/docs/package.json%00'])(
  'has no %s',
  async (path) => {
    expect([400, 404]).toContain((await gateway.ask(path)).status);
  },
);

it('cannot be written to', async () => {
  const { status, headers } = await gateway.ask('/docs', { method: 'POST' });

  expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
});
