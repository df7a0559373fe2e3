/** npm run docker-secrets: makes what is secret in compose.yaml, once; what is there already stays. */
import { fileURLToPath } from 'node:url';
import { keepSecrets } from './keep-secrets.ts';
import { readServiceNames } from './read-files.ts';

const root = new URL('../../../', import.meta.url);

const made = await keepSecrets(fileURLToPath(new URL('docker/secrets/', root)), await readServiceNames(root));
console.log(made.length > 0 ? `Made in docker/secrets/: ${made.join(', ')}` : 'docker/secrets/ has everything.');
