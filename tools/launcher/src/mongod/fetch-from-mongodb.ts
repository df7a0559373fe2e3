import type { FetchMongod } from './locate-mongod.ts';

/** Downloads the build for this system from MongoDB's own download site. Shows its progress itself. */
export const fetchFromMongodb: FetchMongod = async (folder) => {
  // Loaded only here: most starts find a mongod and need none of it.
  const { MongoBinary } = await import('mongodb-memory-server-core');
  const settings = await import('mongodb-memory-server-core/lib/util/resolveConfig.js');
  // Where the network does not reach the site, a second attempt would only lose time.
  settings.setDefaultValue(settings.ResolveConfigVariables.MAX_RETRIES, '1');
  return MongoBinary.getPath({ downloadDir: folder });
};
