/** What we use of a zod object whose keys are environment variables. */
export interface ConfigSchema {
  shape: Record<string, ConfigField>;
}

interface ConfigField {
  description?: string | undefined;
  safeParse: (value: unknown) => { success: boolean; data?: unknown };
}

/** The variables of one service, or, under the name `every service`, of the platform kit. */
export interface ServiceConfig {
  service: string;
  schema: ConfigSchema;
}

export const EVERY_SERVICE = 'every service';

const HEAD = `# The variables that services read from their environment, with their defaults: written from each service's
# src/config.ts by npm run env-example. A line without # has no default and must be set.
`;

/** The text of .env.example: every variable once, under those who read it, with what it means and its default. */
export function environmentExample(configs: readonly ServiceConfig[]): string {
  const linesByReaders = new Map<string, string[]>();
  for (const [name, { readers, field }] of variablesOf(configs)) {
    const heading = readers.includes(EVERY_SERVICE) ? EVERY_SERVICE : readers.join(', ');
    const lines = linesByReaders.get(heading) ?? [];
    linesByReaders.set(heading, [...lines, `# ${field.description ?? ''}`, assignmentOf(name, field)]);
  }
  const sections = [...linesByReaders].map(([heading, lines]) => `\n# --- ${heading} ---\n\n${lines.join('\n')}\n`);
  return HEAD + sections.join('');
}

/** What .env.example says too little or too much, and which variable says nothing of itself; a sentence each. */
export function environmentProblems(text: string, configs: readonly ServiceConfig[]): string[] {
  const variables = variablesOf(configs);
  const silent = [...variables]
    .filter(([, { field }]) => (field.description ?? '') === '')
    .map(
      ([name, { readers }]) => `${name} (${readers.join(', ')}) has no description; end its schema in .describe('…').`,
    );
  if (text === environmentExample(configs)) return silent;
  const documented = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].flatMap(([, name]) => name ?? []);
  const missing = [...variables.keys()].filter((name) => !documented.includes(name));
  const unknown = documented.filter((name) => !variables.has(name));
  return [
    ...silent,
    ...missing.map((name) => `.env.example does not tell of ${name}.`),
    ...unknown.map((name) => `.env.example tells of ${name}, which no service reads.`),
    "Write .env.example anew from the services' src/config.ts: npm run env-example.",
  ];
}

function variablesOf(configs: readonly ServiceConfig[]): Map<string, { readers: string[]; field: ConfigField }> {
  const variables = new Map<string, { readers: string[]; field: ConfigField }>();
  for (const { service, schema } of configs) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const known = variables.get(name) ?? { readers: [], field };
      variables.set(name, { ...known, readers: [...known.readers, service] });
    }
  }
  return variables;
}

function assignmentOf(name: string, field: ConfigField): string {
  const { success, data } = field.safeParse(undefined);
  if (!success) return `${name}=`;
  if (data === undefined) return `# ${name}=`;
  return `# ${name}=${typeof data === 'string' ? data : JSON.stringify(data)}`;
}
