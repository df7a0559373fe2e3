/** Runs Azurite and stays until it is killed. Arguments: its folder, its account's key. */
import { startAzurite } from '../../src/azurite/start-azurite.ts';

const [dataDir = '', accountKey = ''] = process.argv.slice(2);
const azurite = await startAzurite({ dataDir, accountKey });
await azurite.ready;
console.log(azurite.connectionString);
setInterval(() => undefined, 60_000);
