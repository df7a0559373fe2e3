/** Runs a Redis and stays until it is killed. Arguments: its folder, its password. */
import { startRedis } from '../../src/redis/start-redis.ts';

const [dataDir = '', password = ''] = process.argv.slice(2);
const redis = await startRedis({ dataDir, password });
console.log(redis.host);
setInterval(() => undefined, 60_000);
