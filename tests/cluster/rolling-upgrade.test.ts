import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad } from './support/steady-load.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

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

/** Gives every service and every sidecar another token, which the replicas learn that start from now on. */
async function renewTokens(): Promise<void> {
  const secrets = (await platform.kubectl('get', 'secrets', '--output', 'name')).split('\n');
  const ofTokens = secrets.filter((name) => /-(app|api)-token$/.test(name));
  expect(ofTokens.length).toBeGreaterThan(10);
  for (const name of ofTokens) {
    const stringData = { token: randomBytes(24).toString('hex') };
    await platform.kubectl('patch', name, '--patch', JSON.stringify({ stringData }));
  }
}

describe('an upgrade of every service', () => {
  it('replaces every replica by one with another token, and goes back again, while no request fails', async () => {
    const mark = `m${Date.now()}`;

    const { asked, failed } = await underLoad(platform.api, async () => {
      await renewTokens();
      await platform.upgrade([`global.service.podAnnotations.commons/mark=${mark}`]);
      await areMarked([mark]);
      await platform.helm('rollback', platform.name, '--wait', '--timeout', '10m');
      await platform.isReady();
      await areMarked([undefined]);
    });

    expect({ failed, isEnough: asked > 300 }).toEqual({ failed: [], isEnough: true });
  }, 900_000);
});
