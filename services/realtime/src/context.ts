import { listenFor, routeFor, subscribeFor, type BaseContext } from '@commons/platform';
import { createPosts, type Posts } from './clients/posts.ts';
import { createSockets, type Sockets } from './clients/socket.ts';
import { showOpenSockets } from './clients/socket-gauge.ts';
import type { RealtimeConfig } from './config.ts';
import { createTicketStore, type TicketStore } from './data/ticket-store.ts';
import { createConnections, type Connections } from './domain/connections.ts';
import { watchRevocations, type RevocationWatch } from './use-cases/watch-revocations.ts';

/** What the handlers of `realtime` receive. */
export type RealtimeContext = BaseContext<RealtimeConfig> & {
  tickets: TicketStore;
  /** The WebSockets of this replica. */
  connections: Connections;
  posts: Posts;
  sockets: Sockets;
  revocationWatch: RevocationWatch;
};

export const route = routeFor<RealtimeContext>();
export const listen = listenFor<RealtimeContext>();
export const subscribe = subscribeFor<RealtimeContext>();

/** Opens what `realtime` stands on. */
export function createContext(base: BaseContext<RealtimeConfig>): RealtimeContext {
  const connections = createConnections();
  showOpenSockets(base.metrics.registry, () => connections.all().length);
  return Object.assign(base, {
    tickets: createTicketStore(base.db),
    connections,
    posts: createPosts(base),
    sockets: createSockets(base.config),
    revocationWatch: watchRevocations({ connections, revocations: base.revocations }),
  });
}
