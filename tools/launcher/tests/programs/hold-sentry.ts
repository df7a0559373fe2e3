/** Runs Dapr's certificate authority and stays until it is killed. Argument: its folder. */
import { startSentry } from '../../src/sentry/start-sentry.ts';

const sentry = await startSentry({ dataDir: process.argv[2] ?? '' });
console.log(sentry.args['sentry-address']);
setInterval(() => undefined, 60_000);
