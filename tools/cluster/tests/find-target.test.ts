import { describe, expect, it } from '@jest/globals';
import type { ClusterAddress } from '../src/cluster/cluster.ts';
import { findTarget } from '../src/cluster/find-target.ts';

const home = '/people/somebody';
const ownKubeconfig = '/repo/.data/cluster/kubeconfig';

describe('finding the cluster that is meant', () => {
  it('makes a node where there is no other cluster', async () => {
    expect(await target({})).toEqual({ kind: 'own' });
  });

  it('goes by the named context before all else', async () => {
    const found = await target({ COMMONS_KUBE_CONTEXT: 'staging', KUBECONFIG: '/etc/kubeconfig' }, ['local']);

    expect(found).toEqual({
      kind: 'existing',
      address: { kubeconfig: '/etc/kubeconfig', context: 'staging' },
      title: 'context staging',
    });
  });

  it("finds a named context in the home folder's kubeconfig", async () => {
    const found = await target({ COMMONS_KUBE_CONTEXT: 'staging' });

    expect(found).toMatchObject({ address: { kubeconfig: '/people/somebody/.kube/config', context: 'staging' } });
  });

  it('goes by KUBECONFIG before kind', async () => {
    const found = await target({ KUBECONFIG: '/etc/kubeconfig' }, ['local']);

    expect(found).toEqual({
      kind: 'existing',
      address: { kubeconfig: '/etc/kubeconfig' },
      title: 'KUBECONFIG=/etc/kubeconfig',
    });
  });

  it('knows its own node when KUBECONFIG leads to it', async () => {
    expect(await target({ KUBECONFIG: ownKubeconfig }, ['local'])).toEqual({ kind: 'own' });
  });

  it('takes a cluster that kind runs', async () => {
    expect(await target({}, ['local'])).toEqual({
      kind: 'existing',
      address: { kubeconfig: '/people/somebody/.kube/config', context: 'kind-local' },
      title: 'context kind-local',
      kindCluster: 'local',
    });
  });

  it('knows a named context that is of kind', async () => {
    const found = await target({ COMMONS_KUBE_CONTEXT: 'kind-local' }, ['other', 'local']);

    expect(found).toMatchObject({ title: 'context kind-local', kindCluster: 'local' });
  });

  it('makes no node in place of a named cluster that is away', async () => {
    await expect(target({ KUBECONFIG: '/etc/kubeconfig' }, [], async () => false)).rejects.toThrow(
      'No cluster answers at KUBECONFIG=/etc/kubeconfig.',
    );
  });
});

function target(
  env: NodeJS.ProcessEnv,
  kind: string[] = [],
  isReachable: (address: ClusterAddress) => Promise<boolean> = async () => true,
) {
  return findTarget({ env: { HOME: home, ...env }, ownKubeconfig, isReachable, kindClusters: async () => kind });
}
