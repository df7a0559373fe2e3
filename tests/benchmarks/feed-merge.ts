import { openManyPosts, type ManyPosts } from './support/many-posts.ts';
import { figuresOf } from './support/measure.ts';

const AUTHORS = 5_000;
const POSTS = 100_000;
const FOLLOWED = [100, 200, 500, 1_000, 5_000];
const READS = 20;
const PAGE = 21;
const BY_TIME = { lists: 1, created_at: -1, _id: -1 } as const;

/** How many lists MongoDB merges along an index in one query, and what it does with more. */
async function main(): Promise<void> {
  const many = await openManyPosts(AUTHORS);
  try {
    await many.growTo(POSTS);
    print('| followed | merged in one query | keys |\n| ---: | ---: | ---: |');
    for (const followed of FOLLOWED) print(await rowOf(many, followed));
  } finally {
    await many.close();
  }
}

async function rowOf({ post, authors }: ManyPosts, followed: number): Promise<string> {
  const lists = { $in: authors.slice(0, followed).map((id) => `author:${id}|followers`) };
  const query = () =>
    post.ctx.db
      .collection('posts')
      .find({ lists }, { projection: { created_at: 1 } })
      .sort({ created_at: -1, _id: -1 })
      .limit(PAGE)
      .hint(BY_TIME);
  const each: number[] = [];
  for (let time = 0; time < READS; time++) {
    const begin = performance.now();
    await query().toArray();
    each.push(performance.now() - begin);
  }
  const { executionStats } = await query().explain('executionStats');
  const { p50, p99 } = figuresOf([{ each, totalMs: 0 }]);
  return `| ${followed} | ${p50.toFixed(1)} / ${p99.toFixed(1)} ms | ${executionStats.totalKeysExamined} |`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
