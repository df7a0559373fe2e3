import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad } from './support/steady-load.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

type Secret = { metadata: { name: string }; data: Record<string, string> };
type Pod = { metadata: { name: string; annotations?: Record<string, string> } };

/** What the services' replicas are marked by, each once. */
const marks = async (): Promise<(string | undefined)[]> => {
  const { items } = JSON.parse(await platform.kubectl('get', 'pods', '--output', 'json')) as { items: Pod[] };
  const services = items.filter(({ metadata }) => metadata.annotations?.['dapr.io/enabled'] === 'true');
  return [...new Set(services.map(({ metadata }) => metadata.annotations?.['commons/mark']))];
};

/** Waits until the replicas before are gone, which have their time to end. */
const areMarked = async (expected: readonly (string | undefined)[]): Promise<void> => {
  const seen = await eventually(marks, (now) => now.length === expected.length, 120_000);
  expect(seen).toEqual(expected);
};

const tokens = async (): Promise<Map<string, string>> => {
  const { items } = JSON.parse(await platform.kubectl('get', 'secrets', '--output', 'json')) as { items: Secret[] };
  const ofTokens = items.filter(({ metadata }) => /-(app|api)-token$/.test(metadata.name));
  return new Map(ofTokens.map(({ metadata, data }) => [metadata.name, data['token'] ?? '']));
};

describe('an upgrade of every service', () => {
  it('replaces every replica by one with another token, and goes back again, while no request fails', async () => {
    const mark = `m${Date.now()}`;
    const before = await tokens();
    let after = before;

    const { asked, failed } = await underLoad(platform.api, async () => {
      // The upgrade makes those anew that are not there, and replicas read them as they start.
      await platform.kubectl('delete', 'secret', ...before.keys());
      await platform.upgrade([`global.service.podAnnotations.commons/mark=${mark}`]);
      await areMarked([mark]);
      after = await tokens();
      await platform.helm('rollback', platform.name, '--wait', '--timeout', '10m');
      await platform.isReady();
      await areMarked([undefined]);
    });

    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after.values()].filter((token) => [...before.values()].includes(token))).toEqual([]);
    expect({ failed, isEnough: asked > 300 }).toEqual({ failed: [], isEnough: true });
  }, 900_000);
});
