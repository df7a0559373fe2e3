import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { startLoad } from './support/steady-load.ts';

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
    const load = await startLoad(platform.api, { perSecond: 10 });
    const killed = await podOf('post');

    await platform.kubectl('delete', 'pod', killed, '--grace-period=0', '--force');
    await platform.isReady();

    const failuresBefore = load.outcome.failed.length;
    await eventually(
      async () => load.outcome.posts.length,
      (count) => count > 20,
      120_000,
    );
    const { posts, failed } = await load.stop();
    expect(await podOf('post')).not.toBe(killed);
    expect(failed.slice(failuresBefore)).toEqual([]);
    for (const id of posts) expect((await platform.api.send('GET', `/api/posts/${id}`)).status).toBe(200);
  }, 600_000);
});

describe('a kubelet that is killed', () => {
  it('comes back, and neither pods nor requests have noticed', async () => {
    const kill = platform.killNodePart;
    // On a cluster of the user's the node is not ours to harm.
    if (!kill) return expect(platform.killNodePart).toBeUndefined();
    const before = await pods();
    const load = await startLoad(platform.api, { perSecond: 10 });
    const heartbeat = await heartbeatOf();

    await kill('kubelet');

    await eventually(heartbeatOf, (beat) => beat > heartbeat, 120_000);
    await platform.isReady();
    const { failed } = await load.stop();
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
