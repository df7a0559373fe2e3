import type { z } from 'zod';
import { LaunchProblem } from '../launch-problem.ts';

/**
 * Reads the environment by a schema. An empty variable counts as one that is not set.
 * @throws LaunchProblem naming every variable that is wrong
 */
export function readConfiguration<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.output<Schema> {
  const { data, problems } = tryConfiguration(schema, env);
  if (data === undefined) throw unusable(problems);
  return data;
}

/**
 * Reads the environment by the schemas of all services, before any is started.
 * @throws LaunchProblem naming every variable that is wrong, each once
 */
export function checkConfiguration(schemas: readonly z.ZodObject[], env: NodeJS.ProcessEnv): void {
  const problems = schemas.flatMap((schema) => tryConfiguration(schema, env).problems);
  if (problems.length > 0) throw unusable([...new Set(problems)]);
}

function tryConfiguration<Schema extends z.ZodObject>(schema: Schema, env: NodeJS.ProcessEnv) {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const { data, error } = schema.safeParse(Object.fromEntries(given));
  return { data, problems: (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

function unusable(problems: readonly string[]): LaunchProblem {
  return new LaunchProblem(
    `The configuration is not usable (${problems.join('; ')}): see .env.example for what each variable may be.`,
  );
}
