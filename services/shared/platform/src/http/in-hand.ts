import type { Server, ServerResponse } from 'node:http';

/**
 * Has every answer that begins after `leave` was called end its connection, so that a client with a kept connection goes
 * elsewhere with its next request.
 */
export function trackAnswers(server: Server): { leave(): void } {
  const inHand = new Set<ServerResponse>();
  let isLeaving = false;
  const part = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.on('request', (_request, response: ServerResponse) => {
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
    if (isLeaving) part(response);
  });
  return {
    leave() {
      isLeaving = true;
      inHand.forEach(part);
    },
  };
}
