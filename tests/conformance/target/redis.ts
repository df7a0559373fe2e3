import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import { targetKind } from './target.ts';

/** A Redis of its own for real sidecars; the harness needs none, and only its address counts. */
export type Redis = { host: string; close(): Promise<void> };

export async function startRedis(): Promise<Redis> {
  const [port = 0] = await freePorts(1);
  const host = `127.0.0.1:${port}`;
  if (targetKind === 'harness') return { host, close: async () => {} };

  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  const failed = once(server, 'error').then(([error]) => {
    throw new Error(`a run against daprd needs redis-server: ${String(error)}`);
  });
  await Promise.race([failed, eventually(() => connected(port))]);
  return {
    host,
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function connected(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
