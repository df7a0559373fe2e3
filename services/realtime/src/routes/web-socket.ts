import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { asHttpError, BadRequest, NotFound, refuseSocket } from '@commons/platform';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { RealtimeContext } from '../context.ts';
import { createConnection, type SocketOwner } from '../domain/connection.ts';
import type { Ticket } from '../data/ticket-store.ts';
import { createFrameQueue } from '../domain/frame-queue.ts';
import { MAX_FRAME_BYTES } from '../domain/frames.ts';
import { BEARER_PROTOCOL, isSocketPath, proofOf } from '../domain/handshake.ts';
import { admitClient } from '../use-cases/admit-client.ts';
import { handleFrame, refuseFrame } from '../use-cases/handle-frame.ts';
import { settle } from '../use-cases/pass-messages.ts';

/** How long messages are held back for a client that may want to resume where it was. */
const MS_TO_BEGIN = 500;

/** Serves WebSockets at `/ws`. A handshake that is refused is answered as any request would be. */
export function serveWebSockets(server: Server, ctx: RealtimeContext): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(BEARER_PROTOCOL) ? BEARER_PROTOCOL : false),
  });
  sockets.on('wsClientError', ({ message }, socket, request) =>
    refuse(ctx, socket, request, new BadRequest(`${message}.`, 'bad_handshake')),
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const place = { address: addressOf(request), userAgent: request.headers['user-agent'] ?? null };
    admit(ctx, request, place.address)
      .then((client) => {
        sockets.handleUpgrade(request, socket, head, (opened) => open(ctx, opened, { ...client, ...place }));
      })
      .catch((error: unknown) => refuse(ctx, socket, request, error));
  });
}

async function admit(ctx: RealtimeContext, { url = '', headers }: IncomingMessage, address: string): Promise<Ticket> {
  if (!isSocketPath(url)) throw new NotFound('There is no such route.', 'route_not_found');
  return admitClient(ctx, { proof: proofOf(url, headers['sec-websocket-protocol']), address });
}

function refuse(ctx: RealtimeContext, socket: Duplex, request: IncomingMessage, thrown: unknown): void {
  const error = asHttpError(thrown);
  if (error.status >= 500) ctx.log.warn({ err: error.cause ?? thrown }, 'a WebSocket could not be opened');
  refuseSocket(socket, error, String(request.headers['x-request-id'] ?? randomUUID()));
}

/** The address of the client as the gateway saw it. */
function addressOf({ headers, socket }: IncomingMessage): string {
  const given = headers['x-client-ip'];
  return typeof given === 'string' ? given : (socket.remoteAddress ?? '');
}

function open(ctx: RealtimeContext, socket: WebSocket, owner: SocketOwner): void {
  const { config, connections, sockets, presence } = ctx;
  const connection = createConnection(owner, sockets.toWire(socket), Date.now());
  const frames = createFrameQueue(config.SOCKET_FRAMES_PER_SECOND, (text: string) =>
    handleFrame(ctx, connection, text),
  );
  const stopAsking = sockets.keepAlive(socket);
  const beginning = setTimeout(() => settle(ctx, connection), MS_TO_BEGIN).unref();
  connections.add(connection);
  presence.arrived(connection);
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    stopAsking();
    clearTimeout(beginning);
    connections.remove(connection);
    presence.left(connection);
  });
  socket.on('message', (data: RawData) => {
    const text = textOf(data);
    const refusal = frames.take(text, Date.now());
    if (refusal) refuseFrame(connection, text, refusal);
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
