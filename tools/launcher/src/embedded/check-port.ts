import { once } from 'node:events';
import { createServer } from 'node:net';
import { LaunchProblem } from '../launch-problem.ts';

/**
 * Makes sure that the API can listen where it is told to.
 * @throws LaunchProblem when it cannot
 */
export async function checkPort(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error as NodeJS.ErrnoException, port, host);
  } finally {
    server.close();
  }
}

/** Says why nothing could listen there, and what to do. */
export function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): LaunchProblem {
  return new LaunchProblem(sentence(error, port, host), { cause: error });
}

function sentence({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop what listens there, or set PORT to another.`;
    case 'EACCES':
      return `Port ${port} is reserved for administrators: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set APP_HOST to one, or leave it out.`;
    default:
      return `Nothing can listen on ${host}:${port} (${message}): set PORT or APP_HOST to another.`;
  }
}
