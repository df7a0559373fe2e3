import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const loopback = '127.0.0.1';
const lowest = 20_000;
const highest = 32_000;
/** Where this process looks first: processes that start one after the other have different parts. */
const ownCount = 100;
const ownLowest = lowest + (process.pid % ((highest - lowest) / ownCount)) * ownCount;
const given = new Set<number>();

/** Whether nothing listens on a port of this machine's loopback (or of all addresses, when `host` says so). */
export async function isPortFree(port: number, host = loopback): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * A port on which nothing listens at the moment, and which this process has not been given before. It is below those that systems give to
 * outgoing connections, any of which could take it before it is listened on; other processes that look for one look elsewhere first.
 */
export async function findFreePort(): Promise<number> {
  if (given.size > (highest - lowest) / 2) given.clear();
  for (let tries = 0; ; tries++) {
    const port = tries < ownCount ? ownLowest + randomInt(ownCount) : randomInt(lowest, highest);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
}

/**
 * Waits until something accepts connections on a loopback port.
 * @returns whether it did before the limit, or before `abandoned` came true
 */
export async function waitForPort(port: number, limitMs: number, isAbandoned: () => boolean): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (Date.now() < end && !isAbandoned()) {
    if (await accepts(port)) return true;
    await delay(20);
  }
  return false;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, loopback);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
