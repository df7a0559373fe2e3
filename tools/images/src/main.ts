/** npm run images -- [--own-base] [service …]: builds the images of services; of all when none is named. */
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildBaseImage } from './base-image.ts';
import { buildImages } from './build-images.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'own-base': { type: 'boolean', default: false }, tag: { type: 'string', default: 'latest' } },
});

const services = positionals.length > 0 ? positionals : await allServices();
const bases = values['own-base']
  ? { baseImage: await buildBaseImage(), buildImage: await buildBaseImage({ purpose: 'build' }) }
  : {};
const names = await buildImages(services, { tag: values.tag, ...bases });
for (const name of names.values()) console.log(`Built ${name}`);

async function allServices(): Promise<string[]> {
  const folders = await readdir(new URL('../../../services/', import.meta.url));
  return folders.filter((name) => name !== 'shared').sort();
}
