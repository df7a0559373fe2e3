import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad, type Outcome } from './support/steady-load.ts';

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
  return platform.kubectl('get', 'pods', '--selector', selector, '--output', 'jsonpath={.items[*].metadata.name}');
};

/** Waits until a hundred requests in a row have got their answers. @throws where that does not come about within two minutes */
async function isBack(outcome: Outcome): Promise<void> {
  await platform.isReady();
  let last = { asked: outcome.asked, failed: outcome.failed.length };
  await eventually(
    async () => {
      const { asked, failed } = outcome;
      if (failed.length > last.failed) last = { asked, failed: failed.length };
      return asked - last.asked;
    },
    (inARow) => inARow > 100,
    120_000,
  );
}

async function expectAllThere(posts: readonly string[]): Promise<void> {
  for (const id of posts) expect((await platform.api.send('GET', `/api/posts/${id}`)).status).toBe(200);
}

describe('a pod that is killed', () => {
  it('comes back by itself, and has lost nothing that was acknowledged', async () => {
    const killed = await podOf('post');

    const { posts } = await underLoad(platform.api, async (outcome) => {
      await platform.kubectl('delete', 'pod', killed, '--grace-period=0', '--force');
      await eventually(
        () => podOf('post'),
        (name) => name !== '' && name !== killed,
        120_000,
      );
      await isBack(outcome);
    });

    await expectAllThere(posts);
  }, 600_000);
});

describe('a kubelet that is killed', () => {
  it('comes back, every container has run on, and nothing that was acknowledged is lost', async () => {
    const kill = platform.killNodePart;
    // On a cluster of the user's the node is not ours to harm.
    if (!kill) return expect(platform.killNodePart).toBeUndefined();
    const before = await pods();
    const heartbeat = await heartbeatOf();

    const { posts } = await underLoad(platform.api, async (outcome) => {
      await kill('kubelet');
      await eventually(heartbeatOf, (beat) => beat > heartbeat, 120_000);
      // A kubelet takes every pod for unready until it has probed it itself: with one node that is all of them, for seconds.
      await isBack(outcome);
    });

    await expectAllThere(posts);
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
