import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import type { Tree } from '../read-tree.ts';
import { eventComponents, isEventComponent, type SubscribedTopic } from './event-components.ts';

const DEFINITIONS = 'components/rabbitmq/definitions.json';
const PUBSUB = 'components/pubsub.yaml';

type Service = { name: string; subscriptions?: unknown[] };
type Launcher = { brokerDefinitions: (services: unknown) => unknown };
type Platform = { subscribeDocument: (options: object) => { pubsubname: string; topic: string }[] };

/**
 * What is made from the subscriptions of all services in the repository at `root`, by path: RabbitMQ's definitions, and a component
 * for each topic that is read.
 */
export async function brokerFiles(root: URL): Promise<Map<string, string>> {
  const launcher = new URL('tools/launcher/src/', root);
  const { services } = (await import(new URL('services.ts', launcher).href)) as { services: Service[] };
  const source = new URL('rabbitmq-definitions/broker-definitions.ts', launcher);
  const { brokerDefinitions } = (await import(source.href)) as Launcher;
  const { subscribeDocument } = (await import(new URL('services/shared/platform/src/index.ts', root).href)) as Platform;
  const topics = services.flatMap(({ name, subscriptions = [] }): SubscribedTopic[] =>
    subscribeDocument({ service: name, subscriptions, pubsub: 'pubsub', broadcast: 'broadcast' }).map((topic) => ({
      service: name,
      ...topic,
    })),
  );
  const definitions = await format(JSON.stringify(brokerDefinitions(services)), { parser: 'json', printWidth: 120 });
  return new Map([
    [DEFINITIONS, definitions],
    ...eventComponents(topics, await readFile(new URL(PUBSUB, root), 'utf8')),
  ]);
}

/** Which of those files are not what the services ask for now, and which are there for nothing. */
export function brokerFileProblems(tree: Tree, wanted: ReadonlyMap<string, string>): string[] {
  const stale = [...wanted].filter(([path, text]) => tree.get(path) !== text).map(([path]) => path);
  const leftover = brokerLeftovers(tree, wanted);
  return [...stale, ...leftover].map(
    (path) => `${path} is not what the services subscribe to; write it anew: npm run broker-definitions.`,
  );
}

/** Components of topics that nobody reads any more. */
export function brokerLeftovers(tree: Tree, wanted: ReadonlyMap<string, string>): string[] {
  return [...tree.keys()].filter((path) => isEventComponent(path) && !wanted.has(path));
}
