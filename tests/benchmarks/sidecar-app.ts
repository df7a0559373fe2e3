/** A small app in a thread of its own, so that what it costs is not its caller's. Tells its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';

const answer = JSON.stringify({ id: 1, content: 'x'.repeat(100) });

const server = createServer((request, response) => {
  const isCall = request.url === '/hello';
  request.resume().once('end', () => {
    response.writeHead(isCall ? 200 : 404, { 'content-type': 'application/json' }).end(isCall ? answer : undefined);
  });
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
