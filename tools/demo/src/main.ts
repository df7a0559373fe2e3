import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { demoApi } from './api.ts';
import { bestConnected } from './graph.ts';
import { load } from './load.ts';
import type { DemoOptions } from './options.ts';
import { HELP, parseOptions } from './options.ts';
import { makePlan } from './plan.ts';
import { politeClient, requireReady } from './polite-client.ts';
import { progressOn } from './progress.ts';
import { readGraph } from './read-graph.ts';
import { SentenceError } from './sentence-error.ts';
import { howFast, whatToLookAt, whatWasMade } from './summary.ts';

const PASSWORD = 'commons-demo';
const sample = (file: string) => fileURLToPath(new URL(`../sample/${file}`, import.meta.url));
const SAMPLES = { college: sample('reed98.edges.gz'), village: sample('village.edges') };

try {
  const options = parseOptions(process.argv.slice(2), SAMPLES);
  if (options === 'help') console.log(HELP);
  else await runDemo(options);
} catch (error) {
  if (!(error instanceof SentenceError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function runDemo({ url, graph, seed, people, postsPerUser, concurrency }: DemoOptions): Promise<void> {
  const plan = makePlan(bestConnected(await readGraph(graph), people), { seed, postsPerUser });
  await requireReady(url);

  const client = politeClient({ url });
  const api = demoApi({ client, password: PASSWORD, runId: randomUUID() });
  const startedAt = performance.now();
  const loaded = await load(plan, { api, concurrency, progress: progressOn(process.stderr) });
  const seconds = (performance.now() - startedAt) / 1000;

  const username = plan.people[0]?.username ?? '';
  const shyUsername = plan.people[plan.admissions[0]?.person ?? -1]?.username;
  console.log(
    [
      whatWasMade(loaded),
      howFast(client.traffic, seconds),
      whatToLookAt({ url, username, shyUsername, password: PASSWORD }),
    ].join('\n\n'),
  );
  if (loaded.refused.size > 0) process.exitCode = 1;
}
