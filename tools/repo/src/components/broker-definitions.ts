import { format } from 'prettier';

export const DEFINITIONS_PATH = 'components/rabbitmq/definitions.json';

type Launcher = { brokerDefinitions: (services: unknown) => unknown };

/** RabbitMQ's definitions as text, made from the subscriptions of all services in the repository at `root`. */
export async function brokerDefinitionsText(root: URL): Promise<string> {
  const launcher = new URL('tools/launcher/src/', root);
  const { services } = (await import(new URL('services.ts', launcher).href)) as { services: unknown };
  const source = new URL('rabbitmq-definitions/broker-definitions.ts', launcher);
  const { brokerDefinitions } = (await import(source.href)) as Launcher;
  return format(JSON.stringify(brokerDefinitions(services)), { parser: 'json', printWidth: 120 });
}

/** Whether the committed definitions are what the services ask for now. */
export function definitionProblems(committed: string | undefined, current: string): string[] {
  if (committed === current) return [];
  return [`${DEFINITIONS_PATH} is not what the services subscribe to; write it anew: npm run broker-definitions.`];
}
