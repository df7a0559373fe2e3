import { repeated } from '../broker/made-up-events.ts';
import type { World } from '../faults/world.ts';
import { createApi } from '../load/api.ts';
import type { Stage } from '../load/stage.ts';
import { createTraffic } from '../load/traffic.ts';
import { observe } from './observe.ts';
import type { Finding } from './observed.ts';
import { createRead } from './read-all.ts';
import { recount } from './recount.ts';
import { becomeQuiet, converge, queuesReadTwice } from './settle.ts';

/** Events that a broken connection left in nobody's hands come back when the broker has lost patience. */
const CONVERGES_WITHIN_MS = 200_000;
const REPEATED = 1_000;

/**
 * What is left of a run: first once all events have arrived, then again after events of the whole run were repeated in
 * any order, which has to change nothing.
 */
export async function lookBack({
  stage,
  world,
  say,
}: {
  stage: Stage;
  world: World;
  say: (line: string) => void;
}): Promise<Finding[]> {
  const read = createRead(createApi(stage.api.url, createTraffic()));
  const { users, admin, label, ledger } = stage;
  const { consumers } = world.topology;
  const look = async (): Promise<Finding[]> =>
    recount(ledger, await observe({ read, users, admin, label, consumers }), world.poison);

  const quiet = await problemOf(becomeQuiet(world));
  const readTwice = await queuesReadTwice(world);
  if (readTwice.length > 0) say(`  read by more than there are replicas: ${readTwice.join(', ')}`);
  const first = await converge(look, CONVERGES_WITHIN_MS);
  say('  looked at all that was written');
  const known = world.capture.messages();
  await world.broker.publish(world.random.shuffle(repeated(known, world.random, REPEATED)));
  const quietAgain = await problemOf(becomeQuiet(world));
  const second = await converge(look, CONVERGES_WITHIN_MS);
  const changed = second.filter(({ problems }, index) => problems.length > 0 && first[index]?.problems.length === 0);
  return [
    { name: 'outboxes and queues become empty', kind: 'rest', problems: [...quiet, ...quietAgain] },
    ...first,
    {
      name: 'events of old that come again, in any order, change nothing',
      kind: 'double',
      problems: changed.flatMap(({ problems }) => problems),
    },
  ];
}

async function problemOf(work: Promise<void>): Promise<{ what: string }[]> {
  try {
    await work;
    return [];
  } catch (error) {
    const { message, cause } = error as Error;
    return [{ what: cause instanceof Error ? `${message}: ${cause.message}` : message }];
  }
}
