/** Runs a mongod and stays until it is killed. Argument: its folder. */
import { startMongod } from '../../src/mongod/start-mongod.ts';

const mongod = await startMongod({ dataDir: process.argv[2] ?? '' });
console.log(mongod.uri);
setInterval(() => undefined, 60_000);
