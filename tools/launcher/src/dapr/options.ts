import { parseArgs } from 'node:util';
import { LaunchProblem } from '../launch-problem.ts';

export type LocalOptions = {
  /** Services to run; all when empty. */
  only: readonly string[];
  /** How many of a service run side by side; one where it is not named. */
  replicas: ReadonlyMap<string, number>;
  /** Services that a debugger can be attached to. */
  inspect: readonly string[];
  /** Show what runs on the data folder, and start nothing. */
  isStatus: boolean;
  isHelp: boolean;
};

const mostReplicas = 20;

export const usage = `npm run start:dapr -- [options]

  --only post,like     runs these services alone, beside MongoDB, RabbitMQ, Redis and Azurite
  --replicas post=2    runs so many of a service; several apart by commas
  --inspect auth       lets a debugger attach to these services
  --status             shows what runs on the data folder, and starts nothing
  --help               shows this

Configuration is taken from the environment and from a file .env: see .env.example.`;

/**
 * Reads what follows `npm run start:dapr --`.
 * @param names of all services
 * @throws LaunchProblem saying what is wrong with it
 */
export function readOptions(args: readonly string[], names: readonly string[]): LocalOptions {
  const { only, replicas, inspect, status = false, help = false } = parse(args);
  return {
    only: listOf(only).map((name) => known(name, names)),
    replicas: new Map(listOf(replicas).map((part) => readReplicas(part, names))),
    inspect: listOf(inspect).map((name) => known(name, names)),
    isStatus: status,
    isHelp: help,
  };
}

function parse(args: readonly string[]) {
  const list = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { only: list, replicas: list, inspect: list, status: flag, help: { ...flag, short: 'h' } },
    }).values;
  } catch (error) {
    throw new LaunchProblem(`${(error as Error).message.split('\n')[0]}\n\n${usage}`);
  }
}

function listOf(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(',')).filter((part) => part !== '');
}

function known(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  throw new LaunchProblem(`There is no service ${name}: the services are ${names.join(', ')}.`);
}

function readReplicas(part: string, names: readonly string[]): [string, number] {
  const [name = '', count = ''] = part.split('=');
  const replicas = Number(count);
  if (count !== '' && Number.isInteger(replicas) && replicas >= 1 && replicas <= mostReplicas) {
    return [known(name, names), replicas];
  }
  throw new LaunchProblem(
    `--replicas takes a service and a number up to ${mostReplicas}, as in post=2, and not ${part}.`,
  );
}
