import { findDaprd, findSentry } from '@commons/daprd';
import { locateMongod } from '../mongod/locate-mongod.ts';
import { locateRabbitmq } from '../rabbitmq/locate-rabbitmq.ts';
import { locateRedis } from '../redis/locate-redis.ts';

/** Has every real part on this machine before the first test, so that no test waits for one to be fetched or built. */
export default async function findRealParts(): Promise<void> {
  const options = { env: process.env, say: (line: string) => console.log(line) };
  const found = [
    await locateMongod(options),
    (await locateRedis(options)).command,
    (await locateRabbitmq(options)).server,
    await findDaprd(),
    await findSentry(),
  ];
  console.log(`Real parts:\n${found.map((path) => `  ${path}`).join('\n')}`);
}
