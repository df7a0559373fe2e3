import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { asHttpError, NotFound, refuseSocket, TooManyRequests } from '@commons/platform';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { keepAlive, toConnection } from '../clients/socket.ts';
import type { RealtimeContext } from '../context.ts';
import { createFrameRate } from '../domain/frame-rate.ts';
import { MAX_FRAME_BYTES } from '../domain/frames.ts';
import { BEARER_PROTOCOL, isSocketPath, proofOf } from '../domain/handshake.ts';
import type { Ticket } from '../data/ticket-store.ts';
import { admitClient } from '../use-cases/admit-client.ts';
import { errorFrame, handleFrame } from '../use-cases/handle-frame.ts';

/** Serves WebSockets at `/ws`. A handshake that is refused is answered as any request would be. */
export function serveWebSockets(server: Server, ctx: RealtimeContext): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(BEARER_PROTOCOL) ? BEARER_PROTOCOL : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const address = addressOf(request);
    admit(ctx, request, address)
      .then((client) => {
        sockets.handleUpgrade(request, socket, head, (opened) => open(ctx, opened, { ...client, address }));
      })
      .catch((error: unknown) => refuseSocket(socket, asHttpError(error)));
  });
}

async function admit(ctx: RealtimeContext, { url = '', headers }: IncomingMessage, address: string): Promise<Ticket> {
  if (!isSocketPath(url)) throw new NotFound('There is no such route.', 'route_not_found');
  return admitClient(ctx, { proof: proofOf(url, headers['sec-websocket-protocol']), address });
}

/** The address of the client as the gateway saw it. */
function addressOf({ headers, socket }: IncomingMessage): string {
  const given = headers['x-client-ip'];
  return typeof given === 'string' ? given : (socket.remoteAddress ?? '');
}

function open(ctx: RealtimeContext, socket: WebSocket, client: Ticket & { address: string }): void {
  const { config, connections } = ctx;
  const connection = toConnection(socket, { ...client, maxWaitingBytes: config.SOCKET_WAITING_BYTES });
  const rate = createFrameRate(config.SOCKET_FRAMES_PER_SECOND);
  const stopAsking = keepAlive(socket, config.SOCKET_HEARTBEAT_MS);
  let work = Promise.resolve();
  connections.add(connection);
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    stopAsking();
    connections.remove(connection);
  });
  socket.on('message', (data: RawData) => {
    if (rate.isOver(Date.now())) {
      connection.send(errorFrame(new TooManyRequests('Too many frames in a second.', 1)));
      return;
    }
    const text = textOf(data);
    work = work.then(() => handleFrame(ctx, connection, text));
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
