import type { z } from 'zod';
import { loadConfig, type Environment } from '../config/load-config.ts';
import { platformConfig } from '../config/platform-config.ts';
import { createLogger } from '../log/logger.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';
import { openUpToDate } from './open-database.ts';

/**
 * Brings a service's database up to date and does nothing else: before a new version is put in the place of the old one. It needs
 * no sidecar.
 * @throws InvalidConfiguration, CannotStart, or what a migration throws.
 */
export async function migrateService<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  { environment }: { environment: Environment },
): Promise<void> {
  loadConfig(definition.config, environment);
  const config = loadConfig(platformConfig, environment);
  if (definition.database === false) return;
  const log = createLogger({ service: definition.name, level: config.LOG_LEVEL });
  const db = await openUpToDate(definition, { config, log });
  await db.close();
  log.info('database is up to date');
}
