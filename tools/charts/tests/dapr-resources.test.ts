import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readFolder } from '../src/read-folder.ts';
import { labels } from './support/labels.ts';
import { find, namesOf, openCharts, root, type Charts, type KubernetesObject } from './support/open-charts.ts';

let charts: Charts;
let components: KubernetesObject[];
beforeAll(async () => {
  charts = await openCharts();
  const files = await readFolder(root, 'components');
  components = [...files].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => parse(text));
}, 120_000);
afterAll(() => charts.close());

const here = (name: string) => ({ name, namespace: 'here', labels: labels(name, 'commons') });
const fileOf = (kind: string, name: string) => structuredClone(find(components, kind, name));

describe('what components/ holds', () => {
  it.each(['Component', 'Configuration', 'Resiliency'])('is all there on a cluster: %s', async (kind) => {
    expect(namesOf(await charts.render('commons'), kind)).toEqual(namesOf(components, kind));
  });

  it('is the same on a cluster but for where it is, and where its secrets come from', async () => {
    const expected = {
      ...fileOf('Component', 'pubsub'),
      metadata: here('pubsub'),
      auth: { secretStore: 'kubernetes' },
    };

    expect(find(await charts.render('commons'), 'Component', 'pubsub')).toEqual(expected);
    expect(find(await charts.render('commons'), 'Resiliency', 'resiliency')).toEqual({
      ...fileOf('Resiliency', 'resiliency'),
      metadata: here('resiliency'),
    });
  });

  it("takes the release's secrets and metadata", async () => {
    const values = {
      dapr: {
        secrets: {
          'redis-host': { name: 'cache', key: 'address' },
          'redis-password': { name: 'cache', key: 'password' },
        },
        metadata: { statestore: { enableTLS: 'true', dialTimeout: '1s' } },
      },
    };
    const { spec } = find(await charts.render('commons', { values }), 'Component', 'statestore') as {
      spec: { metadata: { name: string }[] };
    };
    const unchanged = fileOf('Component', 'statestore')['spec'].metadata.filter(
      ({ name }: { name: string }) => !['redisHost', 'redisPassword', 'dialTimeout'].includes(name),
    );

    expect(spec.metadata.toSorted(byName)).toEqual(
      [
        ...unchanged,
        { name: 'redisHost', secretKeyRef: { name: 'cache', key: 'address' } },
        { name: 'redisPassword', secretKeyRef: { name: 'cache', key: 'password' } },
        { name: 'dialTimeout', value: '1s' },
        { name: 'enableTLS', value: 'true' },
      ].toSorted(byName),
    );
  });

  it("keeps secrets in Kubernetes' own in place of a file", async () => {
    const { scopes } = fileOf('Component', 'secretstore');

    expect(find(await charts.render('commons'), 'Component', 'secretstore')).toEqual({
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: here('secretstore'),
      spec: { type: 'secretstores.kubernetes', version: 'v1', metadata: [] },
      scopes,
    });
  });

  it("lets callers of this namespace in, and sends traces where the release's go", async () => {
    const values = { global: { service: { tracing: { endpoint: 'https://traces.example.com:4318', ratio: 0.25 } } } };
    const expected = fileOf('Configuration', 'post');
    expected['spec'].accessControl.policies.forEach((policy: KubernetesObject) => (policy['namespace'] = 'here'));

    expect(find(await charts.render('commons'), 'Configuration', 'post')['spec']).toEqual(expected['spec']);
    expect(find(await charts.render('commons', { values }), 'Configuration', 'post')['spec']).toEqual({
      ...expected['spec'],
      tracing: {
        samplingRate: '0.25',
        otel: { endpointAddress: 'traces.example.com:4318', isSecure: true, protocol: 'http' },
      },
    });
  });
});

describe("a service's chart", () => {
  it('may read the secrets that its Configuration allows, and has the queues that the broker has for it', async () => {
    const files = await readFolder(root, 'components');
    const { queues } = JSON.parse(files.get('components/rabbitmq/definitions.json') ?? '') as {
      queues: { name: string }[];
    };
    const charted = await readFolder(root, 'charts');
    const services = namesOf(components, 'Configuration');

    const expected = services.map((name) => ({
      name,
      secrets: (fileOf('Configuration', name)['spec'].secrets?.scopes ?? []).flatMap(
        (one: KubernetesObject) => one['allowedSecrets'] ?? [],
      ),
      topics: queues
        .map((queue) => queue.name)
        .filter((queue) => queue.startsWith(`${name}-`) && queue !== `${name}-${name}-dead-letters`)
        .map((queue) => queue.slice(name.length + 1))
        .sort(),
    }));
    const actual = services.map((name) => {
      const { secrets = [], scaling = {} } = parse(charted.get(`charts/${name}/values.yaml`) ?? '') ?? {};
      return { name, secrets, topics: (scaling.topics ?? []).toSorted() };
    });
    expect(actual).toEqual(expected);
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
