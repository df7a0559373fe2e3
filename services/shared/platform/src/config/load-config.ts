import { type z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration that cannot be used: every problem, one a line, in words for whoever runs the service. */
export class InvalidConfiguration extends Error {
  constructor(problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'InvalidConfiguration';
  }
}

/**
 * Reads the environment by a schema. An empty variable counts as one that is not set.
 * @throws InvalidConfiguration naming every variable that is wrong.
 */
export function loadConfig<Schema extends z.ZodObject>(schema: Schema, environment: Environment): z.infer<Schema> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new InvalidConfiguration(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}
