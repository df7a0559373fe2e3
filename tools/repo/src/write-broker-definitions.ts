/** npm run broker-definitions: writes what RabbitMQ is to hold before any service starts. */
import { mkdir, writeFile } from 'node:fs/promises';
import { brokerDefinitionsText, DEFINITIONS_PATH } from './components/broker-definitions.ts';

const root = new URL('../../../', import.meta.url);
const file = new URL(DEFINITIONS_PATH, root);

await mkdir(new URL('./', file), { recursive: true });
await writeFile(file, await brokerDefinitionsText(root));
console.log(`Wrote ${DEFINITIONS_PATH} from the services' subscriptions.`);
