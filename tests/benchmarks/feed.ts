import { availableParallelism, cpus } from 'node:os';
import { encodeCursor } from '@commons/platform';
import type { TestUser } from '@commons/platform/testing';
import { openManyPosts, START, type ManyPosts } from './support/many-posts.ts';
import { figuresOf } from './support/measure.ts';

const AUTHORS = 10_000;
const POSTS = [10_000, 100_000, 1_000_000];
const FOLLOWED = [10, 100, 500, 1_000, 5_000];
const WARM_UPS = 5;
const READS = 50;

/** What a feed costs by how many posts there are and how many are followed, as a table in Markdown. Ends by itself, within minutes. */
async function main(): Promise<void> {
  const many = await openManyPosts(AUTHORS);
  try {
    print(`${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}\n`);
    print(
      '| posts | followed | first page | first by cursor | halfway by cursor |\n| ---: | ---: | ---: | ---: | ---: |',
    );
    const readers = [];
    for (const followed of FOLLOWED) readers.push({ followed, reader: await many.aReaderOf(followed) });
    for (const posts of POSTS) {
      await many.growTo(posts);
      const halfway = encodeCursor([START + posts * 500, 'f'.repeat(24)]);
      for (const { followed, reader } of readers) {
        const cells = [];
        for (const query of ['', 'cursor=', `cursor=${halfway}`]) cells.push(await cellOf(many, reader, query));
        print(`| ${posts.toLocaleString('en')} | ${followed.toLocaleString('en')} | ${cells.join(' | ')} |`);
      }
    }
  } finally {
    await many.close();
  }
}

/** The median and the slowest of a hundred, and how many keys of indexes a read looks at, be it of posts, follows or authors. */
async function cellOf(many: ManyPosts, reader: TestUser, query: string): Promise<string> {
  for (let time = 0; time < WARM_UPS; time++) await read(many, reader, query);
  const each: number[] = [];
  const scannedBefore = await keysScanned(many);
  const startedAt = performance.now();
  for (let time = 0; time < READS; time++) {
    const begin = performance.now();
    await read(many, reader, query);
    each.push(performance.now() - begin);
  }
  const { p50, p99 } = figuresOf([{ each, totalMs: performance.now() - startedAt }]);
  const keys = Math.round(((await keysScanned(many)) - scannedBefore) / READS);
  return `${p50.toFixed(1)} / ${p99.toFixed(1)} ms, ${keys.toLocaleString('en')} keys`;
}

async function read({ post }: ManyPosts, reader: TestUser, query: string): Promise<void> {
  const headers = { authorization: `Bearer ${post.tokenFor(reader)}` };
  const response = await fetch(`http://127.0.0.1:${post.port}/api/posts/feed?${query}`, { headers });
  const answer = (await response.json()) as { results?: unknown[] };
  if (response.status !== 200 || !answer.results?.length) throw new Error(`a feed answered ${response.status}`);
}

/** Since the mongod was started, which nobody else uses. */
async function keysScanned({ post }: ManyPosts): Promise<number> {
  const status = await post.ctx.db.db?.admin().serverStatus();
  return Number(status?.['metrics'].queryExecutor.scanned);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
