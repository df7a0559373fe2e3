import { request as startRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BadGateway, GatewayTimeout, ServiceUnavailable } from '@commons/platform';
import { answerHeaders, requestHeaders, type Headers } from '../domain/headers.ts';
import type { Replicas } from '../domain/replicas.ts';
import { join } from './join-sockets.ts';

/** Passes WebSockets on to the replicas of the service `realtime`, in turn. */
export type Realtime = {
  /**
   * Passes a handshake on, and joins the sockets when it is accepted; a refusal is passed back.
   * @throws HttpError where there is no answer, or no room for one more.
   */
  passOn(handshake: Handshake, passage: HandshakePassage): Promise<void>;
  /** Ends every socket in hand. */
  close(): void;
};

/** A client's wish for a WebSocket, and what it said already. */
export type Handshake = { request: IncomingMessage; socket: Duplex; head: Buffer };

export type HandshakePassage = { path: string; added: Record<string, string> & { 'x-request-id': string } };

/** How long a replica may take to answer a handshake, and how many sockets there may be at a time. */
export type RealtimeOptions = { replicas: Replicas; timeoutMs: number; limit: number };

export function createRealtime({ replicas, timeoutMs, limit }: RealtimeOptions): Realtime {
  const sockets = new Set<Duplex>();

  /** A replica that takes no connection has seen nothing of the handshake: the next one gets it. */
  async function ask({ request, socket }: Pick<Handshake, 'request' | 'socket'>, passage: HandshakePassage) {
    let refusal: unknown;
    for (const replica of replicas.inTurn()) {
      const upstream = begin(replica, request, passage);
      const leave = (): void => void upstream.destroy();
      socket.once('close', leave);
      upstream.setTimeout(timeoutMs, () => upstream.destroy(new GatewayTimeout()));
      upstream.end();
      try {
        return await answerOf(upstream);
      } catch (error) {
        socket.off('close', leave);
        refusal = error;
        if (error instanceof BadGateway || socket.destroyed) break;
        replicas.wasAway(replica);
        if (error instanceof GatewayTimeout) break;
      }
    }
    throw refusal;
  }

  return {
    async passOn({ request, socket, head }, passage) {
      if (sockets.size >= limit) throw new ServiceUnavailable('There is no room for one more connection.');
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const { answer, joined } = await ask({ request, socket }, passage);
      writeHead(socket, answer, { isJoined: joined !== undefined, requestId: passage.added['x-request-id'] });
      if (joined) join({ socket, head }, joined);
      else answer.pipe(socket).once('finish', () => socket.destroy());
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

function begin(replica: URL, request: IncomingMessage, { path, added }: HandshakePassage): ClientRequest {
  const headers = { ...requestHeaders(request.headers), ...added, connection: 'Upgrade', upgrade: 'websocket' };
  const host = replica.hostname.replace(/^\[|\]$/g, '');
  return startRequest({ host, port: replica.port || 80, method: 'GET', path, headers, agent: false });
}

type Joined = { socket: Duplex; head: Buffer };

function answerOf(upstream: ClientRequest): Promise<{ answer: IncomingMessage; joined?: Joined }> {
  return new Promise((resolve, reject) => {
    upstream.once('upgrade', (answer, socket, head) => resolve({ answer, joined: { socket, head } }));
    upstream.once('response', (answer) => resolve({ answer }));
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (error instanceof GatewayTimeout) reject(error);
      else if (error.code === 'ECONNRESET' || error.code?.startsWith('HPE_')) reject(new BadGateway(error));
      else reject(new ServiceUnavailable('A service is away at the moment.', error));
    });
  });
}

/** Headers of the handshake itself are kept: they answer the client's key and protocols. */
function writeHead(
  socket: Duplex,
  answer: IncomingMessage,
  { isJoined, requestId }: { isJoined: boolean; requestId: string },
): void {
  const headers: Headers = {
    ...answerHeaders(answer.headers),
    'x-request-id': requestId,
    ...(isJoined ? { upgrade: 'websocket', connection: 'Upgrade' } : { connection: 'close' }),
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}: ${one}`),
  );
  socket.write(`${[`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, ...lines].join('\r\n')}\r\n\r\n`);
}
