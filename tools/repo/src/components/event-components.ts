import { parse, stringify } from 'yaml';

/** What we use of what a service tells its sidecar of its subscriptions. */
export type SubscribedTopic = { service: string; pubsubname: string; topic: string };

type Component = {
  metadata: { name: string };
  spec: { metadata: { name: string; value?: string }[] };
  scopes: string[];
};

/** How the components of what every replica hears differ: a queue for each replica, whose name begins with a UUID, bounded in length. */
const OF_EVERY_REPLICA: Readonly<Record<string, string>> = {
  consumerID: '{uuid}',
  maxLen: '10000',
  prefetchCount: '64',
};

/**
 * The components by which services read topics, a file each, made from the one by which they publish: the same broker and settings,
 * for those who subscribe.
 * @param base text of components/pubsub.yaml
 */
export function eventComponents(topics: readonly SubscribedTopic[], base: string): Map<string, string> {
  const byComponent = Map.groupBy(topics, ({ pubsubname }) => pubsubname);
  return new Map(
    [...byComponent].map(([name, readers]) => [
      `components/${name}.yaml`,
      headOf(name, readers) + stringify(componentFor(name, readers, base), { singleQuote: true, lineWidth: 0 }),
    ]),
  );
}

/** Whether a file is one of those components. */
export const isEventComponent = (path: string): boolean => /^components\/(pubsub|broadcast)-[^/]+\.yaml$/.test(path);

function componentFor(name: string, readers: readonly SubscribedTopic[], base: string): Component {
  const component = parse(base) as Component;
  const settings = new Map(component.spec.metadata.map((item) => [item.name, item]));
  settings.set('clientName', { name: 'clientName', value: `{appID} ${name}` });
  if (name.startsWith('broadcast-'))
    for (const [key, value] of Object.entries(OF_EVERY_REPLICA)) settings.set(key, { name: key, value });
  return {
    ...component,
    metadata: { name },
    spec: { ...component.spec, metadata: [...settings.values()] },
    scopes: [...new Set(readers.map(({ service }) => service))].sort(),
  };
}

function headOf(name: string, readers: readonly SubscribedTopic[]): string {
  const [topic = ''] = new Set(readers.map((reader) => reader.topic));
  const what = name.endsWith('-dead-letters')
    ? 'what a service could not handle'
    : name.startsWith('broadcast-')
      ? `${topic}, all of them by every replica`
      : `${topic}, each of them by one replica of a service`;
  return `# Reads ${what}. Made from pubsub.yaml and the services' subscriptions: npm run broker-definitions.\n`;
}
