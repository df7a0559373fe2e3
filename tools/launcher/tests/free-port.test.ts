import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, it } from '@jest/globals';
import { findFreePort, isPortFree } from '../src/processes/free-port.ts';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

it('gives no port twice, however many ask at once', async () => {
  const ports = await Promise.all(Array.from({ length: 150 }, () => findFreePort()));

  expect(new Set(ports).size).toBe(150);
});

it('gives ports on which nothing listens', async () => {
  const port = await findFreePort();
  expect(await isPortFree(port)).toBe(true);

  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');

  expect(await isPortFree(port)).toBe(false);
});
