import { createFaultBoard } from './faults/fault-board.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { openJournal } from './journal/journal.ts';
import type { Log } from './log.ts';
import type { QueueState } from './broker/broker.ts';
import type { Envelope } from './pubsub/envelope.ts';
import { createEventRecord } from './pubsub/event-record.ts';
import { listDead, listPublished, type DeadLetter, type EventFilter } from './pubsub/list-events.ts';
import { queueSpec } from './pubsub/pubsub.ts';
import { loadResources } from './resources/load.ts';
import type { Resource } from './resources/resource.ts';
import { createSettling } from './settling.ts';
import type { AppOptions } from './sidecar/app-options.ts';
import { createSidecar, type Sidecar } from './sidecar/sidecar.ts';
import { createAppDirectory, createBrokerDirectory, type World } from './sidecar/world.ts';

/** A queue that exists before its consumer first starts, so that nothing published meanwhile is lost. */
export type DeclaredQueue = { pubsub: string; topic: string; consumerId: string };

export type HarnessOptions = {
  /** Folders and files of the YAML that daprd reads, or the same as objects. */
  resources: string | readonly string[] | readonly Resource[];
  apps: readonly AppOptions[];
  /** Where durable queues and state are kept; without it, everything is in memory. */
  dataDir?: string;
  queues?: readonly DeclaredQueue[];
  log?: Log;
};

/** Sidecars in one process, with the broker and the stores that they share. */
export type DaprHarness = {
  /** The sidecar of an app (the first of several of one id). Throws when there is none. */
  sidecar(appId: string): Sidecar;
  /** Adds an app while running; a second one of the same id is another replica. */
  addApp(options: AppOptions): Promise<Sidecar>;
  /** Envelopes as they were accepted, the oldest first. */
  published(filter?: EventFilter): Envelope[];
  /** Events that ended in a dead-letter topic. */
  deadLetters(filter?: EventFilter): DeadLetter[];
  /** Forgets what was published and dead-lettered so far. */
  forget(): void;
  /** What the queues hold now. */
  queues(): QueueState[];
  /** Resolves when no message is in flight, waits for a retry, or is queued where a consumer is. */
  settled(options?: { timeoutMs?: number }): Promise<void>;
  faults: Faults;
  close(): Promise<void>;
};

const DEFAULT_SETTLE_MS = 10_000;

/** Starts a sidecar for each app. Everything listens on loopback. */
export async function createDaprHarness(options: HarnessOptions): Promise<DaprHarness> {
  const journal = openJournal(options.dataDir);
  const board = createFaultBoard();
  const settling = createSettling(isSettled, describeUnsettled);
  const brokers = createBrokerDirectory(journal, () => settling.changed());
  const world: World = {
    resources: loadResources(options.resources),
    journal,
    faults: board,
    record: createEventRecord(),
    log: options.log ?? (() => undefined),
    brokers,
    apps: createAppDirectory(),
    shared: createShared(),
  };
  const sidecars: Sidecar[] = [];

  function isSettled(): boolean {
    return brokers.all().every((broker) => broker.isSettled());
  }

  function describeUnsettled(): string {
    const busy = listQueues().filter(({ ready, inFlight, consumers }) => inFlight > 0 || (ready > 0 && consumers > 0));
    return busy.map(({ name, ready, inFlight }) => `${name} has ${ready} ready, ${inFlight} in flight`).join('; ');
  }

  function listQueues(): QueueState[] {
    return brokers.all().flatMap((broker) => broker.queues());
  }

  function sidecar(appId: string): Sidecar {
    const found = sidecars.find((candidate) => candidate.appId === appId);
    if (!found) throw new Error(`the harness has no app ${appId}`);
    return found;
  }

  async function addApp(app: AppOptions): Promise<Sidecar> {
    const added = await createSidecar(world, app);
    sidecars.push(added);
    return added;
  }

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= closeAll());

  async function closeAll(): Promise<void> {
    await Promise.all(sidecars.map((each) => each.close()));
    journal.close();
  }

  try {
    for (const app of options.apps) await addApp(app);
    declareQueues(sidecars, options.queues ?? []);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    sidecar,
    addApp,
    published: (filter = {}) => listPublished(world.record, filter),
    deadLetters: (filter = {}) => listDead(world.record, filter),
    forget: () => world.record.forget(),
    queues: listQueues,
    settled: ({ timeoutMs = DEFAULT_SETTLE_MS } = {}) => settling.settled(timeoutMs),
    faults: createFaults(board, sidecar),
    close,
  };
}

function declareQueues(sidecars: readonly Sidecar[], queues: readonly DeclaredQueue[]): void {
  for (const { pubsub: name, topic, consumerId } of queues) {
    const pubsub = sidecars.map(({ pubsubs }) => pubsubs.get(name)).find((found) => found !== undefined);
    if (!pubsub) throw new Error(`no app has the pubsub ${name} of the queue ${consumerId}-${topic}`);
    pubsub.broker.declareQueue(queueSpec(pubsub.component, consumerId, pubsub.brokerTopic(topic), {}));
  }
}

function createShared(): World['shared'] {
  const values = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!values.has(key)) values.set(key, make());
    return values.get(key) as T;
  };
}
