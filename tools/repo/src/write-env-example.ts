import { writeFile } from 'node:fs/promises';
import { environmentExample } from './environment-example.ts';
import { readConfigs } from './read-configs.ts';

const root = new URL('../../../', import.meta.url);

await writeFile(new URL('.env.example', root), environmentExample(await readConfigs(root)));
console.log("Wrote .env.example from the services' src/config.ts.");
