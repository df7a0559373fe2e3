import type { z } from 'zod';
import { environment } from '../config/environment.ts';
import { InvalidConfiguration } from '../config/load-config.ts';
import { CannotStart } from './cannot-start.ts';
import { createService } from './create-service.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';
import { migrateService } from './migrate-service.ts';

/**
 * Runs a service as a process of its own, until SIGTERM or SIGINT; with the argument `migrate`, until its database is up to
 * date. A bad configuration is said in words.
 * @example await run(postService);
 */
export async function run<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
): Promise<void> {
  try {
    if (process.argv[2] === 'migrate') {
      await migrateService(definition, { environment });
      process.exit(0);
    }
    const service = await createService(definition, { environment, ownProcess: true });
    const stop = (): void => void service.stop().then(() => process.exit(0), fail);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof InvalidConfiguration || error instanceof CannotStart ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
}
