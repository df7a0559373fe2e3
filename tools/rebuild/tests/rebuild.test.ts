import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rebuild } from '../src/rebuild.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A platform that answers each path with the next of its answers, the last one again and again. */
async function platformOf(
  answers: Record<string, [status: number, body: object][]>,
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    asked.push(what);
    const left = answers[what] ?? [[404, { detail: 'There is no such route.' }]];
    const [status, body] = (left.length > 1 ? left.shift() : left[0]) ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const run = (running: boolean, corrected = 0, error: string | null = null): [number, object] => [
  200,
  { running, results: running ? [] : [{ name: 'names', checked: 9, corrected }], error },
];

const options = (url: string, said: string[] = []) => ({
  url,
  username: 'root',
  password: 'x',
  services: ['post'],
  say: (line: string) => void said.push(line),
  pollMs: 1,
});

describe('rebuilding', () => {
  it('waits for each service and says what it found', async () => {
    const said: string[] = [];
    const { url, asked } = await platformOf({
      'POST /api/auth/login': [[200, { token: 't' }]],
      'POST /api/admin/services/post/rebuild': [[202, { rebuilds: ['names'] }]],
      'GET /api/admin/services/post/rebuild': [run(true), run(true), run(false, 2)],
    });

    const corrected = await rebuild(options(url, said));

    expect(corrected).toBe(2);
    expect(said).toEqual(['post: names: 9 looked at, 2 put right']);
    expect(asked.filter((what) => what.startsWith('GET'))).toHaveLength(3);
  });

  it('says why it was refused', async () => {
    const { url } = await platformOf({ 'POST /api/auth/login': [[401, { detail: 'Wrong.' }]] });

    await expect(rebuild(options(url))).rejects.toThrow('POST /api/auth/login answered 401: Wrong.');
  });

  it('says that a rebuild failed', async () => {
    const { url } = await platformOf({
      'POST /api/auth/login': [[200, { token: 't' }]],
      'POST /api/admin/services/post/rebuild': [[202, {}]],
      'GET /api/admin/services/post/rebuild': [run(false, 0, 'It failed.')],
    });

    await expect(rebuild(options(url))).rejects.toThrow('post: It failed.');
  });

  it('says that nothing answers', async () => {
    await expect(rebuild(options('http://127.0.0.1:9'))).rejects.toThrow(
      'Nothing answers at http://127.0.0.1:9: start the platform first, or name it with --url.',
    );
  });
});
