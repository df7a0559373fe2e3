import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from '../data-folder/write-whole.ts';
import { LaunchProblem } from '../launch-problem.ts';
import { hashPassword } from '../rabbitmq-definitions/hash-password.ts';

const things = z.array(z.record(z.string(), z.unknown())).default([]);
const queues = z
  .array(z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) }))
  .default([]);
const definitionsSchema = z.object({ exchanges: things, queues, bindings: things, policies: things });

/** The names of the queues that definitions hold. */
export type DefinedQueues = { all: string[]; quorum: string[] };

export type WriteDefinitionsOptions = {
  /** What somebody wrote: exchanges, queues, bindings and policies of the virtual host `/`. */
  from: string;
  /** What RabbitMQ is to read, readable by its owner only. */
  to: string;
  user: string;
  password: string;
};

/**
 * Adds the one user to definitions, who may do everything in the virtual host `/`.
 * @throws LaunchProblem when the file holds no definitions
 */
export async function writeDefinitions({ from, to, user, password }: WriteDefinitionsOptions): Promise<DefinedQueues> {
  const definitions = await read(from);
  const everything = { configure: '.*', write: '.*', read: '.*' };
  const whole = {
    users: [{ name: user, password_hash: hashPassword(password), hashing_algorithm: sha256, tags: [], limits: {} }],
    vhosts: [{ name: '/' }],
    permissions: [{ user, vhost: '/', ...everything }],
    ...definitions,
  };
  await writeWhole(to, `${JSON.stringify(whole, undefined, 2)}\n`);
  const named = (some: typeof definitions.queues) => some.map(({ name }) => name);
  return {
    all: named(definitions.queues),
    quorum: named(definitions.queues.filter((queue) => queue.arguments['x-queue-type'] === 'quorum')),
  };
}

async function read(file: string): Promise<z.infer<typeof definitionsSchema>> {
  try {
    return definitionsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new LaunchProblem(`The file ${file} holds no RabbitMQ definitions: make it anew.`, { cause: error });
  }
}

const sha256 = 'rabbit_password_hashing_sha256';
