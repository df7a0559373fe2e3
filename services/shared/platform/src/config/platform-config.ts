import { z } from 'zod';
import { flagVariable, integerVariable, portVariable } from './variables.ts';

/** What every service reads from its environment, beside its own variables. */
export const platformConfig = z.object({
  APP_PORT: portVariable().default(0).describe('Port the service listens on; 0 takes a free one'),
  APP_HOST: z.string().default('127.0.0.1').describe('Address the service listens on'),
  APP_API_TOKEN: z.string().optional().describe('Secret that its sidecar sends; set, every other caller is refused'),
  DAPR_HTTP_PORT: portVariable().default(3500).describe("Port of the service's sidecar"),
  DAPR_HOST: z.string().default('127.0.0.1').describe("Host of the service's sidecar"),
  DAPR_API_TOKEN: z.string().optional().describe('Secret that the sidecar asks of the service'),
  MONGODB_URI: z
    .string()
    .default('mongodb://127.0.0.1:27017/?replicaSet=rs0')
    .describe('The replica set; each service uses a database of its own name in it'),
  DATABASE_WAIT_MS: integerVariable()
    .default(60_000)
    .describe('How long a starting service waits for its database, in milliseconds'),
  DATABASE_PREFIX: z.string().default('').describe("Put before the database's name, to keep several platforms apart"),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least level that is logged'),
  PUBSUB_COMPONENT: z
    .string()
    .default('pubsub')
    .describe('Dapr pub/sub component that publishes events; those that read them are named <this>-<topic>'),
  BROADCAST_COMPONENT: z
    .string()
    .default('broadcast')
    .describe('Begins the names of the Dapr pub/sub components whose events reach every replica: <this>-<topic>'),
  STATE_COMPONENT: z.string().default('statestore').describe('Dapr state component'),
  SECRET_COMPONENT: z.string().default('secretstore').describe('Dapr secret store component'),
  TOKEN_ISSUER: z.string().default('https://commons.local').describe('`iss` of access tokens'),
  TOKEN_AUDIENCE: z.string().default('commons').describe('`aud` of access tokens'),
  REVOCATION_POLL_MS: integerVariable(50)
    .default(400)
    .describe('How often ended sessions are asked for, in milliseconds'),
  SHUTDOWN_LEAVE_MS: integerVariable(0)
    .default(0)
    .describe('How long a service that is told to end serves on first, as others go on sending to it, in milliseconds'),
  SHUTDOWN_LIMIT_MS: integerVariable(100).default(10_000).describe('Longest graceful shutdown, in milliseconds'),
  REQUEST_LIMIT_MS: integerVariable(100)
    .default(30_000)
    .describe('Longest time a request may take to arrive, in milliseconds'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe('Where traces go, e.g. http://localhost:4318; unset, none are sent'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('Share of traces that are kept, 0 to 1'),
  VALIDATE_ANSWERS: flagVariable().default(false).describe('Check every answer against its schema (tests do)'),
});

export type PlatformConfig = z.infer<typeof platformConfig>;
