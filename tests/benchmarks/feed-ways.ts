import { readFile } from 'node:fs/promises';
import { openManyPosts, type ManyPosts } from './support/many-posts.ts';
import { figuresOf } from './support/measure.ts';

const POSTS_EACH = 10;
const FOLLOWERS = 1_000_000;
const BATCH = 10_000;
const PAGE = 21;
/** Lists that the database merges at once. */
const MERGED = 200;

/**
 * What it costs to write each post into the feed of every follower, and what to gather a feed when it is read.
 * Usage: feed-ways.ts <file of a graph: two numbers a line, who know each other>. Takes some minutes.
 */
async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('which file? two numbers a line, who know each other');
  const neighbours = await readGraph(file);
  const many = await openManyPosts(neighbours.length);
  try {
    await many.growTo(neighbours.length * POSTS_EACH);
    await compareOnGraph(many, await openEntries(many, 'entries_of_graph'), neighbours);
    await writeToMillion(await openEntries(many, 'entries_of_million'));
  } finally {
    await many.close();
  }
}

type Entry = { reader: number; created_at: Date; post_id: unknown };
type Entries = Awaited<ReturnType<typeof openEntries>>;

/** Feeds as they would be written: an entry for each follower of each post. */
async function openEntries({ post }: ManyPosts, name: string) {
  const entries = post.ctx.db.collection<Entry>(name);
  await entries.createIndex({ reader: 1, created_at: -1, post_id: -1 });
  return entries;
}

async function compareOnGraph({ post, authors }: ManyPosts, entries: Entries, neighbours: number[][]): Promise<void> {
  const numbers = new Map(authors.map((id, number) => [id, number]));
  const posts = post.ctx.db.collection('posts');
  const writes: number[] = [];
  const startedAt = performance.now();
  for await (const { _id, author_id, created_at } of posts.find({}, { projection: { author_id: 1, created_at: 1 } })) {
    const followers = neighbours[numbers.get(String(author_id)) ?? -1] ?? [];
    const begin = performance.now();
    if (followers.length > 0)
      await entries.insertMany(followers.map((reader) => ({ reader, created_at, post_id: _id })));
    writes.push(performance.now() - begin);
  }
  const times = figuresOf([{ each: writes, totalMs: performance.now() - startedAt }]);
  print(`written to each follower: ${writes.length} posts, ${await sizeOf(entries)}, ${text(times)} a post`);

  const readers = neighbours.flatMap((followed, reader) => (followed.length > 0 ? [{ reader, followed }] : []));
  const fromEntries = await timed(readers, async ({ reader }) => {
    const found = await entries.find({ reader }).sort({ created_at: -1, post_id: -1 }).limit(PAGE).toArray();
    await posts.find({ _id: { $in: found.map(({ post_id }) => post_id) as never[] } }).toArray();
  });
  print(`read of what was written: ${text(fromEntries)}`);
  const gathered = await timed(readers, async ({ followed }) => {
    const lists = followed.map((number) => `author:${authors[number]}|followers`);
    const found = [];
    for (let first = 0; first < lists.length; first += MERGED)
      found.push(...(await post.ctx.postList.newest({ lists: lists.slice(first, first + MERGED), limit: PAGE })));
    await post.ctx.postList.byIds(found.slice(0, PAGE).map(({ id }) => id));
  });
  print(`gathered when read: ${text(gathered)}`);
}

async function writeToMillion(entries: Entries): Promise<void> {
  const [created_at, post_id] = [new Date(), 'a post'];
  const begin = performance.now();
  for (let first = 0; first < FOLLOWERS; first += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, offset) => ({ reader: first + offset, created_at, post_id }));
    await entries.insertMany(batch, { ordered: false });
  }
  const seconds = (performance.now() - begin) / 1_000;
  print(`one post written to ${FOLLOWERS} followers: ${seconds.toFixed(1)} s, ${await sizeOf(entries)}`);
}

async function timed<T>(all: readonly T[], action: (each: T) => Promise<void>) {
  const each: number[] = [];
  const startedAt = performance.now();
  for (const one of all) {
    const begin = performance.now();
    await action(one);
    each.push(performance.now() - begin);
  }
  return figuresOf([{ each, totalMs: performance.now() - startedAt }]);
}

/** Who follows whom, where each who knows another follows them. */
async function readGraph(file: string): Promise<number[][]> {
  const neighbours: number[][] = [];
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [a, b] = line.trim().split(/\s+/).map(Number);
    if (a === undefined || b === undefined) continue;
    (neighbours[a] ??= []).push(b);
    (neighbours[b] ??= []).push(a);
  }
  return Array.from(neighbours, (known) => known ?? []);
}

async function sizeOf(entries: Entries): Promise<string> {
  const count = await entries.countDocuments({});
  const [stats] = await entries.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
  const { size, totalIndexSize } = stats?.['storageStats'] as { size: number; totalIndexSize: number };
  return `${count} entries of ${((size + totalIndexSize) / count).toFixed(0)} bytes with their indexes`;
}

const text = ({ p50, p99 }: { p50: number; p99: number }): string => `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main(process.argv[2]);
