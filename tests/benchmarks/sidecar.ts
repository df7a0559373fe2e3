import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventClock } from './support/event-clock.ts';
import type { EventClock } from './support/event-clock.ts';
import { figuresOf, measure } from './support/measure.ts';
import type { Times } from './support/measure.ts';
import { post } from './support/post.ts';
import { openWays } from './support/ways.ts';
import type { Way } from './support/ways.ts';

const ROUNDS = 3;
const ROUND_MS = 3_000;
const WARM_UP_MS = 1_500;
const CONCURRENCIES = [1, 16];

/** What is done on a way once; gives how long it took, in milliseconds. */
type Run = (way: Way) => () => Promise<number>;

/** What a call and an event cost on each way, as a table in Markdown. Ends by itself, after two minutes or so. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'benchmark-sidecar-'));
  const clock = await startEventClock();
  const ways = await openWays(folder, clock);
  try {
    print(`${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}\n`);
    await compare('Invocation', 'requests/s', ways.invocation, (way) => () => callOnce(way));
    await compare('Event, from publish to handler', 'events/s', ways.events, (way) => () => publishOnce(way, clock));
  } finally {
    await ways.close();
    clock.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function callOnce({ call }: Way): Promise<number> {
  const begin = performance.now();
  await post(call, { id: 1, content: 'hello' });
  return performance.now() - begin;
}

let lastId = 0;

/** Publishes an event; what counts is the time until its handler has it, not until its publisher has the answer. */
async function publishOnce({ publish = '' }: Way, clock: EventClock): Promise<number> {
  const id = ++lastId;
  const arrived = clock.arrival(id);
  const begin = performance.now();
  const sent = post(publish, { id, content: 'hello' });
  await Promise.race([arrived, sent.then(() => arrived)]);
  const took = performance.now() - begin;
  await sent;
  return took;
}

/** Goes each way in turn, several times, so that a busy moment of the machine strikes all of them alike. */
async function compare(title: string, rate: string, ways: readonly Way[], run: Run): Promise<void> {
  for (const way of ways) await measure(run(way), Math.max(...CONCURRENCIES), WARM_UP_MS);
  const runs = new Map<string, Times[]>();
  const key = (way: Way, concurrency: number): string => `${way.name}, ${concurrency}`;
  for (let round = 0; round < ROUNDS; round++) {
    for (const concurrency of CONCURRENCIES) {
      for (const way of ways) {
        const times = await measure(run(way), concurrency, ROUND_MS);
        runs.set(key(way, concurrency), [...(runs.get(key(way, concurrency)) ?? []), times]);
      }
    }
  }
  print(`| ${title} | at a time | ${rate} | p50 | p99 |\n| --- | ---: | ---: | ---: | ---: |`);
  for (const concurrency of CONCURRENCIES) {
    for (const way of ways) {
      const { perSecond, p50, p99 } = figuresOf(runs.get(key(way, concurrency)) ?? []);
      print(`| ${way.name} | ${concurrency} | ${perSecond.toFixed(0)} | ${p50.toFixed(2)} ms | ${p99.toFixed(2)} ms |`);
    }
  }
  print('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
