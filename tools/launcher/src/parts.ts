/** Real parts that stand behind a platform, each startable by itself; apart from the rest, which loads all services. */
export { startRabbitmq } from './rabbitmq/start-rabbitmq.ts';
export { startRedis } from './redis/start-redis.ts';
export { startSentry } from './sentry/start-sentry.ts';
