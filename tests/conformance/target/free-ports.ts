import { createServer } from 'node:net';

/** Ports below those that the system gives to outgoing connections, which would otherwise take one between its choice and its use. */
const FIRST = 10_000;
const LAST = 32_000;

/** Each process starts elsewhere and goes on from there, so that two that run side by side do not choose the same. */
const ports = portsFrom(FIRST + ((process.pid * 131) % (LAST - FIRST)));

/** Ports of loopback that nobody listens on; none comes twice from one process. */
export async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  while (free.length < count) {
    const { value } = ports.next();
    if (await isFree(value)) free.push(value);
  }
  return free;
}

function* portsFrom(start: number): Generator<number, never> {
  for (let port = start; ; port = port + 1 < LAST ? port + 1 : FIRST) yield port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
