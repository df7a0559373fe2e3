/**
 * Real parts that stand behind a platform, each startable by itself, and ports for what is started beside them; apart from the rest,
 * which loads all services.
 */
export { findFreePort } from './processes/free-port.ts';
export { startRabbitmq } from './rabbitmq/start-rabbitmq.ts';
export { startRedis } from './redis/start-redis.ts';
export { startSentry } from './sentry/start-sentry.ts';
