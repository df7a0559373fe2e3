import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openPlatform, type Platform } from './support/release.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});

/** What the namespace has of these kinds, without what Kubernetes itself puts into every one. */
async function objects(...kinds: string[]): Promise<string[]> {
  const names = await platform.kubectl('get', kinds.join(','), '--output', 'name');
  return names.split('\n').filter((name) => name !== '' && !/kube-root-ca.crt|serviceaccount\/default/.test(name));
}

describe('a release that is uninstalled', () => {
  it('leaves passwords and disks and nothing else, and has everything again when it is installed anew', async () => {
    const author = await platform.api.register();
    const { body: post } = await platform.api.send('POST', '/api/posts', {
      as: author,
      body: { title: 'Kept', content: 'x' },
    });
    const values = await platform.values();

    await platform.helm('uninstall', platform.name, '--wait');

    const run = ['deployments', 'statefulsets', 'jobs', 'services', 'ingresses', 'configmaps', 'serviceaccounts'];
    const dapr = ['components.dapr.io', 'configurations.dapr.io', 'resiliencies.dapr.io', 'subscriptions.dapr.io'];
    await eventually(
      () => objects(...run, ...dapr, 'networkpolicies', 'roles', 'rolebindings', 'pods'),
      (left) => left.length === 0,
      120_000,
    );
    expect((await objects('persistentvolumeclaims')).length).toBeGreaterThan(0);
    await platform.install(values);
    const { token } = await platform.api.login(author.username, author.password);
    const kept = await platform.api.send('GET', `/api/posts/${post.id as string}`, { as: { token } });
    expect([kept.status, kept.body.title]).toEqual([200, 'Kept']);
  }, 900_000);
});
