import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definitionsOf } from '@commons/charts';
import { openPlatform, type Platform } from './support/release.ts';

const NAMESPACE = 'dry-run';

/** Kinds that production asks for and the cluster need not have; those that it has not are here for these tests only. */
const OTHERS = ['keda', 'prometheus-operator'] as const;

let platform: Platform;
let added: string[] = [];
beforeAll(async () => {
  platform = await openPlatform();
  await platform.kubectl('create', 'namespace', NAMESPACE);
  const before = await definitions();
  for (const whose of OTHERS) await platform.kubectl('apply', '--server-side', '-f', await definitionsOf(whose));
  added = (await definitions()).filter((name) => !before.includes(name));
  if (added.length > 0) await platform.kubectl('wait', '--for=condition=Established', '--timeout=60s', ...added);
}, 300_000);
afterAll(async () => {
  if (added.length > 0) await platform.kubectl('delete', ...added);
  await platform.kubectl('delete', 'namespace', NAMESPACE);
}, 300_000);

const definitions = async (): Promise<string[]> =>
  (await platform.kubectl('get', 'customresourcedefinitions', '--output', 'name')).split('\n').filter(Boolean);

describe('the API server', () => {
  it.each(['dev', 'prod'])('takes every object that the chart makes with the values for %s', async (way) => {
    const made = await platform.render(way, NAMESPACE);

    const taken = await platform.dryRun(made);

    const kinds = new Set(taken.map((name) => name.split('/')[0]));
    expect(kinds).toContain('deployment.apps');
    expect(kinds.has('scaledobject.keda.sh')).toBe(way === 'prod');
    expect(taken).toHaveLength(made.match(/^kind: /gm)?.length ?? 0);
  });
});
