import { createBroker, type Broker } from '../broker/broker.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { Callee } from '../invoke/call-target.ts';
import type { Journal } from '../journal/journal.ts';
import { createMessageStore } from '../journal/message-store.ts';
import type { Log } from '../log.ts';
import type { EventRecord } from '../pubsub/event-record.ts';
import type { Resource } from '../resources/resource.ts';

/** What all sidecars of a harness have in common. */
export type World = {
  resources: readonly Resource[];
  journal: Journal;
  faults: FaultBoard;
  record: EventRecord;
  log: Log;
  brokers: BrokerDirectory;
  apps: AppDirectory;
  shared<T>(key: string, make: () => T): T;
};

/** The brokers, each made when it is first named. */
export type BrokerDirectory = { open(key: string): Broker; all(): Broker[] };

export function createBrokerDirectory(journal: Journal, changed: () => void): BrokerDirectory {
  const messages = journal.isDurable ? createMessageStore(journal.database) : undefined;
  const brokers = new Map<string, Broker>();
  return {
    open: (key) => {
      let broker = brokers.get(key);
      if (!broker) brokers.set(key, (broker = createBroker({ name: key, messages, changed })));
      return broker;
    },
    all: () => [...brokers.values()],
  };
}

/**
 * Which sidecar serves an app: several of one id take turns, those that are up first.
 * As with mDNS, which knows no namespaces, an app of another namespace is found where there is none of the wanted one.
 */
export type AppDirectory = {
  add(namespace: string, callee: Callee): void;
  resolve(appId: string, namespace: string): Callee | undefined;
};

export function createAppDirectory(): AppDirectory {
  const apps = new Map<string, { callees: Callee[]; turn: number }>();
  const keyOf = (appId: string, namespace: string): string => `${namespace}/${appId}`;
  const anyNamespace = (appId: string) => [...apps].find(([key]) => key.endsWith(`/${appId}`))?.[1];
  return {
    add: (namespace, callee) => {
      const key = keyOf(callee.appId, namespace);
      const known = apps.get(key) ?? { callees: [], turn: 0 };
      known.callees.push(callee);
      apps.set(key, known);
    },
    resolve: (appId, namespace) => {
      const known = apps.get(keyOf(appId, namespace)) ?? anyNamespace(appId);
      if (!known) return undefined;
      const able = known.callees.filter(({ isUp, origin }) => isUp && origin);
      const choice = able.length > 0 ? able : known.callees;
      return choice[known.turn++ % choice.length];
    },
  };
}
