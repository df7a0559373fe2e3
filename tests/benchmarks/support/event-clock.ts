import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export const pubsub = 'benchmark';
export const topic = 'benchmark-events';

const comesWithinMs = 30_000;

/** An app that knows when each event has come to its handler. */
export type EventClock = {
  port: number;
  /** Settles when the event of this number has come. Rejects when that takes too long. */
  arrival(id: number): Promise<void>;
  close(): void;
};

/** Starts an app that subscribes to the topic as services do, by a quorum queue. */
export async function startEventClock(): Promise<EventClock> {
  const awaited = new Map<number, () => void>();
  const subscriptions = [{ pubsubname: pubsub, topic, route: '/events', metadata: { queueType: 'quorum' } }];
  const server = createServer((request, response) => {
    const isSubscribe = request.url === '/dapr/subscribe';
    const isEvent = request.url === '/events';
    if (!isEvent) request.resume();
    void (isEvent ? json(request) : Promise.resolve(undefined)).then((event) => {
      if (isEvent) awaited.get((event as { data: { id: number } }).data.id)?.();
      response.writeHead(isSubscribe || isEvent ? 200 : 404, { 'content-type': 'application/json' });
      response.end(isSubscribe ? JSON.stringify(subscriptions) : isEvent ? '{"status":"SUCCESS"}' : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arrival: (id) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`event ${id} did not come`)), comesWithinMs);
        awaited.set(id, () => {
          awaited.delete(id);
          clearTimeout(timer);
          resolve();
        });
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
