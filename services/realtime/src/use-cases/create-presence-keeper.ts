import { randomUUID } from 'node:crypto';
import { createBacklog, createOutageLog, type BaseContext } from '@commons/platform';
import type { Chats } from '../clients/chats.ts';
import type { RealtimeConfig } from '../config.ts';
import type { PresenceStore } from '../data/presence-store.ts';
import type { ReplicaStore } from '../data/replica-store.ts';
import type { Connection } from '../domain/connection.ts';
import type { Connections } from '../domain/connections.ts';
import { clearReplica } from './clear-replica.ts';
import { movePresence } from './move-presence.ts';
import { greetClient } from './show-presence.ts';

/** Users or clients that are seen to at a time. */
const AT_A_TIME = 100;
/** How often what failed is tried again, in milliseconds. */
const RETRY_MS = 1_000;
/** A sign of life comes so often before its time is over. */
const SIGNS = 3;

export type PresenceKeeper = {
  /** A connection was opened, and is among the connections. */
  arrived(connection: Connection): void;
  /** A connection has gone, and is no more among them. */
  left(connection: Connection): void;
  start(): Promise<void>;
  /** Leaves it to the other replicas to tell of those who do not come back soon. */
  stop(): Promise<void>;
};

export type PresenceParts = Pick<BaseContext<RealtimeConfig>, 'config' | 'log' | 'transaction'> & {
  connections: Connections;
  chats: Chats;
  presences: PresenceStore;
  replicas: ReplicaStore;
};

/** Keeps account of who is at this replica, and gives signs of life: a replica without them is dead, and nobody is there any more. */
export function createPresenceKeeper(parts: PresenceParts): PresenceKeeper {
  const { connections, replicas, log } = parts;
  const { PRESENCE_EXPIRY_MS: expiryMs, PRESENCE_LINGER_MS: lingerMs } = parts.config;
  let self = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let beating = Promise.resolve();
  const moving = new Set<string>();
  const arriving = new Set<Connection>();
  const backlog = createBacklog({ name: 'presence', work: seeToSome, log, pollMs: RETRY_MS });
  const funerals = createBacklog({
    name: 'dead replicas',
    work: () => clearReplica(parts, { by: self, holdMs: expiryMs }),
    log,
    pollMs: expiryMs / SIGNS,
  });
  const outage = createOutageLog(log, {
    away: 'no sign of life can be given: others may think that nobody is here',
    back: 'signs of life are given again',
  });

  async function seeToSome(): Promise<boolean> {
    await takeFrom(moving, (userIds) =>
      movePresence(parts, self, new Map(userIds.map((id) => [id, connections.isHere(id)]))),
    );
    await takeFrom(arriving, async (clients) => {
      await Promise.all(clients.filter(connections.has).map((client) => greetClient(parts, client)));
    });
    return moving.size + arriving.size > 0;
  }

  function move(userId: string): void {
    moving.add(userId);
    backlog.wake();
  }

  async function beat(): Promise<void> {
    if (await replicas.beat(self, expiryMs)) return;
    // It was thought to be dead, and its users gone.
    self = randomUUID();
    await replicas.enter(self, expiryMs);
    connections.users().forEach(move);
  }

  return {
    arrived(connection) {
      arriving.add(connection);
      if (connections.ofUser(connection.user.id).length === 1) move(connection.user.id);
      backlog.wake();
    },
    left({ user }) {
      if (connections.isHere(user.id) || connections.isShut()) return;
      setTimeout(() => move(user.id), lingerMs).unref();
    },
    async start() {
      await replicas.enter(self, expiryMs);
      timer = setInterval(() => {
        beating = beating.then(() => outage.bear(beat())).then(() => undefined);
      }, expiryMs / SIGNS).unref();
      backlog.start();
      funerals.start();
    },
    async stop() {
      clearInterval(timer);
      await Promise.all([backlog.stop(), funerals.stop(), beating]);
      await replicas.hold(self, lingerMs);
    },
  };
}

/** Does work with some of what is noted; where it fails, they are noted again. */
async function takeFrom<T>(noted: Set<T>, work: (some: T[]) => Promise<void>): Promise<void> {
  const some = [...noted].slice(0, AT_A_TIME);
  if (some.length === 0) return;
  some.forEach((one) => noted.delete(one));
  try {
    await work(some);
  } catch (error) {
    some.forEach((one) => noted.add(one));
    throw error;
  }
}
