import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const loopback = '127.0.0.1';
const lowest = 20_000;
const highest = 32_000;
/** Each process starts elsewhere and goes on from there, so that two that run side by side do not choose the same. */
const ports = portsFrom(lowest + ((process.pid * 131) % (highest - lowest)));

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
 * A port on which nothing listens at the moment; none comes twice from one process before all have come. It is below those that systems
 * give to outgoing connections, any of which could take it before it is listened on.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const { value } = ports.next();
    if (await isPortFree(value)) return value;
  }
}

function* portsFrom(start: number): Generator<number, never> {
  for (let port = start; ; port = port + 1 < highest ? port + 1 : lowest) yield port;
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
