import { createBroker } from './broker/broker.ts';
import { startCapture } from './broker/capture.ts';
import { runFaults, type FaultReport } from './faults/run-faults.ts';
import type { World } from './faults/world.ts';
import { createLedger } from './ledger/ledger.ts';
import { register } from './load/account-operations.ts';
import { createApi } from './load/api.ts';
import { firstJourney, type Journey } from './load/journey.ts';
import { startListener } from './load/listeners.ts';
import { startPostReader } from './load/post-reader.ts';
import { startLoad } from './load/run-load.ts';
import { createStage, type Stage } from './load/stage.ts';
import { createTraffic, type Traffic } from './load/traffic.ts';
import type { Options } from './options.ts';
import { nameOfFault, planFaults } from './plan/plan-faults.ts';
import { createRandom } from './plan/random.ts';
import type { Part } from './platform/parts.ts';
import type { ChaosPlatform } from './platform/platform.ts';
import { pause } from './platform/until.ts';
import { checkAnswers } from './recount/check-answers.ts';
import { lookBack } from './recount/look-back.ts';
import type { RunResult } from './report/table.ts';

const USERS = 12;
const LISTENERS = 2;
const JOURNEYS = 4;
const FIRST_WITHIN_MS = 30_000;
/** The load alone, before the first fault and after the last. */
const WARM_UP_MS = 5_000;
const AFTERWARDS_MS = 2_000;

export type SeedOptions = Pick<Options, 'rate' | 'faults'> & {
  seed: number;
  say: (line: string) => void;
  /** Ids of the poison that was sent to this platform; earlier runs' lie in its dead letters, too. */
  poison: Set<string>;
};

/** One run: load, faults, and the look at what is left. */
export async function runSeed(platform: ChaosPlatform, options: SeedOptions): Promise<RunResult> {
  const { seed, say, faults: only, poison } = options;
  const random = createRandom(seed);
  const parts = await platform.parts.list();
  const { consumers, topics } = platform.topology;
  const faults = planFaults({ random: random.fork('faults'), parts, consumers, only });
  say(`chaos: seed ${seed}: ${faults.map(nameOfFault).join(', ') || 'no faults'}`);
  const broker = createBroker(platform.brokerUrl);
  const capture = startCapture(broker, topics);
  const world: World = {
    parts: platform.parts,
    topology: platform.topology,
    broker,
    capture,
    random: random.fork('world'),
    poison,
  };
  const traffic = createTraffic();
  try {
    const stage = await setStage(platform.url, { seed, traffic });
    const reports = await underLoad(stage, { world, faults, options });
    say(`  ${stage.ledger.posts.size} posts, ${stage.ledger.comments.size} comments, ${stage.ledger.likes.size} liked`);
    const findings = await lookBack({ stage, world, say });
    const answers = checkAnswers({ ...traffic, reports, ...rolesOf(parts, platform.url) });
    return { seed, reports, exchanges: traffic.exchanges, findings: [...findings, ...answers] };
  } finally {
    await capture.stop();
  }
}

/** Everybody who takes part; names are of this run alone, also where a seed is run twice on the same data. */
async function setStage(url: string, { seed, traffic }: { seed: number; traffic: Traffic }): Promise<Stage> {
  const api = createApi(url, traffic);
  const body = { username: 'root', password: 'correct horse battery' };
  const admin = await api.ask({ purpose: 'set the stage', method: 'POST', path: '/api/auth/login', body });
  const label = `c${seed}x${Date.now().toString(36)}`;
  const stage = createStage({
    api,
    traffic,
    ledger: createLedger(),
    random: createRandom(`${seed}/load`),
    admin: { token: admin.body.token as string },
    label,
  });
  for (let count = 0; count < USERS; count++) await register(stage);
  return stage;
}

/** As many as may be on their way at once, so that none gets in the way of another. */
async function travellers(stage: Stage): Promise<Journey[]> {
  const apart = { ...stage, users: [], ledger: createLedger() };
  const journeys: Journey[] = [];
  for (let count = 0; count < JOURNEYS; count++) {
    const [author, fan] = [await register(apart), await register(apart)];
    if (author && fan) journeys.push({ author, fan });
  }
  return journeys;
}

async function underLoad(
  stage: Stage,
  { world, faults, options }: { world: World; faults: Parameters<typeof runFaults>[1]['faults']; options: SeedOptions },
): Promise<FaultReport[]> {
  const journeys = await travellers(stage);
  await firstJourney(stage.api, journeys, FIRST_WITHIN_MS);
  const load = startLoad(stage, options.rate);
  const reader = startPostReader(stage);
  const listeners = stage.users.slice(0, LISTENERS).map((user) => startListener(stage.api.url, user));
  try {
    await pause(WARM_UP_MS);
    const reports = await runFaults(world, { faults, api: stage.api, journeys, say: options.say });
    await pause(AFTERWARDS_MS);
    return reports;
  } finally {
    await reader.stop();
    const { leftOut } = await load.stop();
    if (leftOut > 0) options.say(`  ${leftOut} requests were due while too many were on their way`);
    const opened = await Promise.all(listeners.map((listener) => listener.stop()));
    options.say(`  ${LISTENERS} pages had ${opened.reduce((sum, count) => sum + count, 0)} connections`);
  }
}

/** The parts that every request passes, and those behind them that a post comes from. */
function rolesOf(parts: readonly Part[], url: string): { edge: string[]; neededForPosts: string[] } {
  const edge = parts.find(({ port }) => port === Number(new URL(url).port))?.service;
  const of = (...services: (string | undefined)[]): string[] =>
    parts.filter(({ service }) => service !== undefined && services.includes(service)).map(({ name }) => name);
  return {
    edge: parts.filter(({ kind, service }) => kind === 'service' && service === edge).map(({ name }) => name),
    neededForPosts: [...of(edge, 'post'), 'mongod'],
  };
}
