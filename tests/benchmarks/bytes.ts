import mongoose from 'mongoose';

type Sizes = { count: number; size: number; storageSize: number; totalIndexSize: number };
type Row = Sizes & { name: string };

/** So few documents say nothing of how large one is on a disk: files have a least size. */
const ENOUGH = 500;

/**
 * Measures what the documents of a filled platform take, in bytes each: as MongoDB hands them out, on the disk (compressed), and in indexes.
 * The server is the one at `MONGODB_URI`; the demo fills it.
 */
async function main(): Promise<void> {
  const uri = process.env['MONGODB_URI'];
  if (!uri) throw new Error('Name the MongoDB server of a platform that the demo has filled in MONGODB_URI.');
  const { connection } = await mongoose.connect(uri);
  try {
    const rows = (await sizesOfAll(connection)).filter(({ count }) => count >= ENOUGH);
    rows.sort((a, b) => a.name.localeCompare(b.name));
    print(rows);
  } finally {
    await mongoose.disconnect();
  }
}

async function sizesOfAll(connection: mongoose.Connection): Promise<Row[]> {
  const { databases } = await connection.listDatabases();
  const ours = databases.map(({ name }) => name).filter((name) => !['admin', 'config', 'local'].includes(name));
  const rows = ours.map(async (database) => {
    const db = connection.useDb(database);
    const collections = await db.listCollections();
    return Promise.all(
      collections.map(async ({ name }) => {
        const [stats] = await db
          .collection(name)
          .aggregate<{ storageStats: Sizes }>([{ $collStats: { storageStats: {} } }])
          .toArray();
        if (!stats) throw new Error(`${database}.${name} has no size`);
        return { name: `${database}.${name}`, ...stats.storageStats };
      }),
    );
  });
  return (await Promise.all(rows)).flat();
}

function print(rows: readonly Row[]): void {
  console.log(
    '| collection | documents | bytes each | on the disk | in indexes |\n| --- | ---: | ---: | ---: | ---: |',
  );
  for (const { name, count, size, storageSize, totalIndexSize } of rows) {
    const each = [size, storageSize, totalIndexSize].map((bytes) => Math.round(bytes / count));
    console.log(`| ${[name, count, ...each].join(' | ')} |`);
  }
}

await main();
