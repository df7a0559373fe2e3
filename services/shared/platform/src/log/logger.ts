import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentRequest } from '../http/request-context.ts';
import { currentTraceId } from '../observability/tracing.ts';

export type Logger = PinoLogger;

/** Names whose values never reach a log, wherever they stand in a logged object. */
const SECRET_FIELDS = [
  'password',
  'new_password',
  'current_password',
  'token',
  'refresh_token',
  'ticket',
  'secret',
  'authorization',
  'cookie',
  'email',
];

/**
 * A JSON logger that names the service and, within a request or an event, its trace and request ids.
 * @param destination where lines go; stdout when left out.
 */
export function createLogger(options: { service: string; level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    mixin: correlation,
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

function correlation(): Record<string, string> {
  const traceId = currentTraceId();
  const requestId = currentRequest()?.requestId;
  return { ...(traceId && { trace_id: traceId }), ...(requestId && { request_id: requestId }) };
}
