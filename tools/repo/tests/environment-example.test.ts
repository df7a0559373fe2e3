import { describe, expect, it } from '@jest/globals';
import type { ServiceConfig } from '../src/environment-example.ts';
import { environmentExample, environmentProblems } from '../src/environment-example.ts';

/** A field as zod has it: what an unset variable becomes, or that it must be set. */
const field = (description: string | undefined, unset: { data?: unknown } | 'required') => ({
  description,
  safeParse: () => (unset === 'required' ? { success: false } : { success: true, ...unset }),
});

const configs: ServiceConfig[] = [
  { service: 'every service', schema: { shape: { APP_PORT: field('Port', { data: 0 }) } } },
  { service: 'ledger', schema: { shape: { MAIL_URL: field('Where mail goes', 'required') } } },
  {
    service: 'post',
    schema: {
      shape: {
        APP_PORT: field('Another port', { data: 1 }),
        MAIL_URL: field('Mail', 'required'),
        IS_OPEN: field('Open to all', { data: false }),
        HOSTS: field('Hosts', { data: ['a', 'b'] }),
        KEY: field('A key', {}),
      },
    },
  },
];

const text = `# The variables that services read from their environment, with their defaults: written from each service's
# src/config.ts by npm run env-example. A line without # has no default and must be set.

# --- every service ---

# Port
# APP_PORT=0

# --- ledger, post ---

# Where mail goes
MAIL_URL=

# --- post ---

# Open to all
# IS_OPEN=false
# Hosts
# HOSTS=["a","b"]
# A key
# KEY=
`;

describe('.env.example', () => {
  it('tells of every variable once, with its readers, its meaning and its default', () => {
    expect(environmentExample(configs)).toBe(text);
    expect(environmentProblems(text, configs)).toEqual([]);
  });

  it('misses what is not told, and what nobody reads', () => {
    expect(environmentProblems(text.replace('IS_OPEN', 'IS_SHUT'), configs)).toEqual([
      '.env.example does not tell of IS_OPEN.',
      '.env.example tells of IS_SHUT, which no service reads.',
      "Write .env.example anew from the services' src/config.ts: npm run env-example.",
    ]);
  });

  it('is out of date when a default has changed', () => {
    expect(environmentProblems(text.replace('APP_PORT=0', 'APP_PORT=1'), configs)).toEqual([
      "Write .env.example anew from the services' src/config.ts: npm run env-example.",
    ]);
  });

  it('wants every variable to say what it means', () => {
    const silent = [{ service: 'ledger', schema: { shape: { X: field(undefined, {}) } } }];
    expect(environmentProblems(environmentExample(silent), silent)).toEqual([
      "X (ledger) has no description; end its schema in .describe('…').",
    ]);
  });
});
