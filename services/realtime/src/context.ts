import {
  createOutageLog,
  listenFor,
  routeFor,
  subscribeFor,
  type BaseContext,
  type OutageLog,
} from '@commons/platform';
import pLimit, { type LimitFunction } from 'p-limit';
import { createChats, type Chats } from './clients/chats.ts';
import { createPosts, type Posts } from './clients/posts.ts';
import { createProfiles, type Profiles } from './clients/profiles.ts';
import { createSockets, type Sockets } from './clients/socket.ts';
import { showOpenSockets } from './clients/socket-gauge.ts';
import type { RealtimeConfig } from './config.ts';
import { createPresenceStore, type PresenceStore } from './data/presence-store.ts';
import { createReplicaStore, type ReplicaStore } from './data/replica-store.ts';
import { createTicketStore, type TicketStore } from './data/ticket-store.ts';
import { createChatFeeds, type ChatFeeds } from './domain/chat-feeds.ts';
import { createConnections, type Connections } from './domain/connections.ts';
import { createRecentBlocks, type RecentBlocks } from './domain/recent-blocks.ts';
import { createReceipts, type Receipts } from './domain/receipts.ts';
import { createPresenceKeeper, type PresenceKeeper } from './use-cases/create-presence-keeper.ts';
import { createReceiptTeller, type ReceiptTeller } from './use-cases/create-receipt-teller.ts';
import { watchRevocations, type RevocationWatch } from './use-cases/watch-revocations.ts';

/** Chats that clients catch up with at the same time, so that those who come back together do not keep `chat` from all others. */
const CATCH_UPS = 32;

/** What the handlers of `realtime` receive. */
export type RealtimeContext = BaseContext<RealtimeConfig> & {
  tickets: TicketStore;
  presences: PresenceStore;
  replicas: ReplicaStore;
  /** The WebSockets of this replica. */
  connections: Connections;
  /** How far each chat has come on this replica. */
  feeds: ChatFeeds;
  catchUps: LimitFunction;
  recentBlocks: RecentBlocks;
  chats: Chats;
  posts: Posts;
  profiles: Profiles;
  sockets: Sockets;
  presence: PresenceKeeper;
  /** What has reached devices from here, and is told of now and then. */
  receipts: Receipts;
  receiptTeller: ReceiptTeller;
  revocationWatch: RevocationWatch;
  typingOutage: OutageLog;
};

export const route = routeFor<RealtimeContext>();
export const listen = listenFor<RealtimeContext>();
export const subscribe = subscribeFor<RealtimeContext>();

/** Opens what `realtime` stands on. */
export function createContext(base: BaseContext<RealtimeConfig>): RealtimeContext {
  const connections = createConnections();
  const chats = createChats(base);
  const presences = createPresenceStore(base.db);
  const replicas = createReplicaStore(base.db);
  const receipts = createReceipts();
  showOpenSockets(base.metrics.registry, () => connections.all().length);
  return Object.assign(base, {
    tickets: createTicketStore(base.db),
    presences,
    replicas,
    connections,
    feeds: createChatFeeds(),
    recentBlocks: createRecentBlocks(),
    catchUps: pLimit(CATCH_UPS),
    chats,
    posts: createPosts(base),
    profiles: createProfiles(base),
    sockets: createSockets(base.config),
    presence: createPresenceKeeper({ ...partsOf(base), connections, chats, presences, replicas }),
    receipts,
    receiptTeller: createReceiptTeller({ receipts, announce: base.announce, log: base.log }),
    revocationWatch: watchRevocations({ connections, revocations: base.revocations }),
    typingOutage: createOutageLog(base.log, {
      away: 'nobody is told who is writing: it could not be published',
      back: 'who is writing is told again',
    }),
  });
}

const partsOf = ({ config, log, transaction }: BaseContext<RealtimeConfig>) => ({ config, log, transaction });
