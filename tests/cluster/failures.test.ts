import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad } from './support/steady-load.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

type Pod = { metadata: { name: string; uid: string }; status: { containerStatuses?: { restartCount: number }[] } };

const pods = async (): Promise<Pod[]> =>
  (JSON.parse(await platform.kubectl('get', 'pods', '--output', 'json')) as { items: Pod[] }).items;

const podOf = async (service: string): Promise<string> => {
  const selector = `app.kubernetes.io/name=${service}`;
  return platform.kubectl('get', 'pods', '--selector', selector, '--output', 'jsonpath={.items[0].metadata.name}');
};

describe('a pod that is killed', () => {
  it('comes back by itself, and has lost nothing that was acknowledged', async () => {
    const killed = await podOf('post');
    let failedUntilBack = 0;

    const { posts, failed } = await underLoad(platform.api, async (outcome) => {
      await platform.kubectl('delete', 'pod', killed, '--grace-period=0', '--force');
      await platform.isReady();
      failedUntilBack = outcome.failed.length;
      const written = outcome.posts.length;
      await eventually(
        async () => outcome.posts.length,
        (count) => count > written + 10,
        120_000,
      );
    });

    expect(await podOf('post')).not.toBe(killed);
    expect(failed.slice(failedUntilBack)).toEqual([]);
    for (const id of posts) expect((await platform.api.send('GET', `/api/posts/${id}`)).status).toBe(200);
  }, 600_000);
});

describe('a kubelet that is killed', () => {
  it('comes back, and neither pods nor requests have noticed', async () => {
    const kill = platform.killNodePart;
    // On a cluster of the user's the node is not ours to harm.
    if (!kill) return expect(platform.killNodePart).toBeUndefined();
    const before = await pods();
    const heartbeat = await heartbeatOf();

    const { failed } = await underLoad(platform.api, async () => {
      await kill('kubelet');
      await eventually(heartbeatOf, (beat) => beat > heartbeat, 120_000);
      await platform.isReady();
    });

    expect(failed).toEqual([]);
    const identity = ({ metadata, status }: Pod) => [
      metadata.uid,
      status.containerStatuses?.map((each) => each.restartCount),
    ];
    expect((await pods()).map(identity)).toEqual(before.map(identity));
  }, 300_000);

  /** When the node last said that it lives. */
  const heartbeatOf = (): Promise<string> =>
    platform.kubectl('get', 'lease', '-n', 'kube-node-lease', '--output', 'jsonpath={.items[0].spec.renewTime}');
});
