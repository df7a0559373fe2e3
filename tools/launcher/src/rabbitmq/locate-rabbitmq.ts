import { existsSync } from 'node:fs';
import { LaunchProblem } from '../launch-problem.ts';

export type LocateOptions = { env: NodeJS.ProcessEnv; say: (line: string) => void };

export type LocatedRabbitmq = {
  /** RabbitMQ's plain start script. */
  server: string;
  /** Erlang's name server. */
  epmd: string;
  /** What both need in their environment beside the usual. */
  env: NodeJS.ProcessEnv;
};

export async function locateRabbitmq(_options: LocateOptions): Promise<LocatedRabbitmq> {
  const server = '/usr/lib/rabbitmq/bin/rabbitmq-server';
  if (existsSync(server)) return { server, epmd: 'epmd', env: {} };
  throw new LaunchProblem('There is no RabbitMQ here: install RabbitMQ so that rabbitmq-server is on the PATH.');
}
