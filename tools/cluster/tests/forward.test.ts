import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { forward } from '../src/node/forward.ts';

describe('passing connections on', () => {
  const servers: Server[] = [];
  const open = async (server: Server | Promise<Server>) => {
    servers.push(await server);
    return ((await server).address() as AddressInfo).port;
  };
  afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

  it('carries both directions from a port over a socket to a port, to the end of each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forward-'));
    const path = join(folder, 'a.sock');
    const shouting = createServer({ allowHalfOpen: true }, async (socket) => {
      socket.end((await text(socket)).toUpperCase());
    });
    shouting.listen(0, '127.0.0.1');
    await once(shouting, 'listening');
    await open(forward({ path }, { host: '127.0.0.1', port: await open(shouting) }));
    const port = await open(forward({ host: '127.0.0.1', port: 0 }, { path }));

    const client = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    client.end('is anybody there');

    expect(await text(client)).toBe('IS ANYBODY THERE');
    await rm(folder, { recursive: true });
  });

  it('closes a connection that leads nowhere', async () => {
    const port = await open(forward({ host: '127.0.0.1', port: 0 }, { path: '/nowhere/at.sock' }));

    const client = connect({ host: '127.0.0.1', port });

    expect(await text(client.on('error', () => undefined))).toBe('');
  });
});
