import { MongoClient, type Db } from 'mongodb';

/** What the documents of a collection take, in bytes each: as MongoDB hands them out, on the disk (compressed), and in its indexes. */
export type DocumentSizes = { collection: string; documents: number; bytes: number; onDisk: number; inIndexes: number };

type Stats = { count: number; size: number; storageSize: number; totalIndexSize: number };

/** So few documents say nothing of how large one is: files have a least size. */
const ENOUGH = 500;

/** Measures the collections of every database of a server that have documents enough, in the order of their names. */
export async function documentSizes(uri: string): Promise<DocumentSizes[]> {
  const client = await MongoClient.connect(uri);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const ours = databases.map(({ name }) => name).filter((name) => !['admin', 'config', 'local'].includes(name));
    const sizes = await Promise.all(ours.map((name) => sizesIn(client.db(name))));
    return sizes
      .flat()
      .filter(({ documents }) => documents >= ENOUGH)
      .sort((a, b) => a.collection.localeCompare(b.collection));
  } finally {
    await client.close();
  }
}

async function sizesIn(db: Db): Promise<DocumentSizes[]> {
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const sizes = collections.map(async ({ name }) => {
    const stages = [{ $collStats: { storageStats: {} } }];
    const [stats] = await db.collection(name).aggregate<{ storageStats: Stats }>(stages).toArray();
    const { count, size, storageSize, totalIndexSize } = stats?.storageStats ?? NONE;
    const each = (bytes: number): number => Math.round(bytes / Math.max(1, count));
    return {
      collection: `${db.databaseName}.${name}`,
      documents: count,
      ...{ bytes: each(size), onDisk: each(storageSize), inIndexes: each(totalIndexSize) },
    };
  });
  return Promise.all(sizes);
}

const NONE: Stats = { count: 0, size: 0, storageSize: 0, totalIndexSize: 0 };
