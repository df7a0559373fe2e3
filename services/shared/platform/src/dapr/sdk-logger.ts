import type { LoggerService } from '@dapr/dapr';
import type { Logger } from '../log/logger.ts';

/** What the Dapr SDK has to say goes to our log, quietly: every failure also reaches the caller, who knows what it means. */
export function sdkLogger(log: Logger): LoggerService {
  const debug = (message: unknown): void => log.debug({ sdk: String(message) }, 'dapr client');
  return { error: debug, warn: debug, info: debug, verbose: () => undefined, debug: () => undefined };
}
