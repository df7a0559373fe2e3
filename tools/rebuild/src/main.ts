import { parseArgs } from 'node:util';
import { REBUILDABLE, rebuild, RebuildRefused } from './rebuild.ts';

const HELP = `Makes the copies that services keep of others' data (counts, names) anew, while they serve.

  npm run rebuild -- [--url http://localhost:8000] [service …]

An admin is needed: ADMIN_USERNAME and ADMIN_PASSWORD in the environment. Services: ${REBUILDABLE.join(', ')}; without any, all.`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string', default: 'http://localhost:8000' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) console.log(HELP);
  else await main(values.url, positionals);
} catch (error) {
  if (!(error instanceof RebuildRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(url: string, services: string[]): Promise<void> {
  const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = process.env;
  if (!username || !password) throw new RebuildRefused('Set ADMIN_USERNAME and ADMIN_PASSWORD to those of an admin.');
  const corrected = await rebuild({
    url,
    username,
    password,
    services: services.length > 0 ? services : REBUILDABLE,
    say: (line) => console.log(line),
  });
  console.log(corrected === 0 ? 'Every copy was right.' : `${corrected} copies were off and have been put right.`);
}
