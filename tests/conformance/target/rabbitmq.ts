import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import { targetKind } from './target.ts';

/** A RabbitMQ of its own for real sidecars; the harness needs none, and only its address counts. */
export type RabbitMq = { connectionString: string; close(): Promise<void> };

/** Debian keeps the plain script here; the one on the path changes the user. */
const DEBIAN_SCRIPT = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const STARTS_WITHIN_MS = 60_000;

export async function startRabbitMq(): Promise<RabbitMq> {
  const [port = 0, erlangPort = 0, namesPort = 0] = await freePorts(3);
  const connectionString = `amqp://guest:guest@127.0.0.1:${port}`;
  if (targetKind === 'harness') return { connectionString, close: async () => {} };

  const folder = await mkdtemp(join(tmpdir(), 'conformance-rabbitmq-'));
  const home = join(folder, 'home');
  await mkdir(home);
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    ERL_EPMD_PORT: `${namesPort}`,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'conformance@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${erlangPort}`,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'no-configuration'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'no-plugins'),
  };
  const names = start('epmd', ['-port', `${namesPort}`, '-address', '127.0.0.1'], { env });
  const server = start(existsSync(DEBIAN_SCRIPT) ? DEBIAN_SCRIPT : 'rabbitmq-server', [], { env });
  const close = async () => {
    await Promise.all([names.kill(), server.kill()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([names.failed, server.failed, eventually(() => greeted(port), STARTS_WITHIN_MS)]);
  } catch (error) {
    await close();
    throw error;
  }
  return { connectionString, close };
}

type Started = { failed: Promise<never>; kill(): Promise<void> };

/** Starts a program in a group of its own, so that what it starts ends with it. */
function start(program: string, args: string[], options: SpawnOptions): Started {
  const child = spawn(program, args, { ...options, detached: true, stdio: 'ignore' });
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`a run against daprd needs rabbitmq-server: ${String(error)}`);
  });
  const killGroup = () => signal(child);
  process.once('exit', killGroup);
  return {
    failed,
    kill: async () => {
      process.off('exit', killGroup);
      const ended = once(child, 'exit');
      signal(child);
      await ended;
    },
  };
}

function signal({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/** RabbitMQ listens before it can serve: it can when it answers the first words of its protocol. */
function greeted(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('AMQP\0\0\x09\x01'));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without a word')));
  });
}
