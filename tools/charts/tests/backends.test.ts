import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFolder } from '../src/read-folder.ts';
import { labels, selector } from './support/labels.ts';
import { find, openCharts, root, type Charts, type KubernetesObject } from './support/open-charts.ts';

let charts: Charts;
let objects: KubernetesObject[];
beforeAll(async () => {
  charts = await openCharts();
  const values = { mongodb: { replicas: 3 } };
  objects = await charts.render('commons', { files: ['values-dev.yaml'], values });
}, 120_000);
afterAll(() => charts.close());

const secret = (name: string) => find(objects, 'Secret', name)['stringData'] as Record<string, string>;

describe('MongoDB in the cluster', () => {
  it('is a replica set whose members and user are in the address', () => {
    const hosts = [0, 1, 2].map((member) => `mongodb-${member}.mongodb.here:27017`).join(',');
    const { password = '' } = secret('mongodb');

    expect(password).toMatch(/^\w{32}$/);
    expect(secret('mongodb-uri')).toEqual({
      'mongodb-uri': `mongodb://commons:${password}@${hosts}/?replicaSet=rs0&authSource=admin`,
    });
    expect(find(objects, 'StatefulSet', 'mongodb')['spec']).toMatchObject({ serviceName: 'mongodb', replicas: 3 });
    expect(find(objects, 'StatefulSet', 'mongodb')['spec'].template.spec.containers[0].env).toContainEqual({
      name: 'MEMBERS',
      value: hosts,
    });
  });

  it('starts a member when its own name leads to it, and not before', () => {
    const [container] = find(objects, 'StatefulSet', 'mongodb')['spec'].template.spec.containers;
    const { 'start.sh': start } = find(objects, 'ConfigMap', 'mongodb')['data'] as Record<string, string>;

    expect(container.command).toEqual(['sh', '-e', '/config/start.sh']);
    expect(container.env).toContainEqual({ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } });
    expect(start).toMatch(/^until mongosh .* \/config\/find-itself\.js; do sleep 1; done$[^]*^exec mongod /m);
  });

  it('is reached by the platform alone, also before it is ready', () => {
    const { spec: service } = find(objects, 'Service', 'mongodb');
    const { spec: policy } = find(objects, 'NetworkPolicy', 'mongodb');

    expect(service).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selector('mongodb'),
      ports: [{ name: 'mongodb', port: 27017 }],
    });
    expect(policy).toEqual({
      podSelector: { matchLabels: selector('mongodb') },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'commons' } } },
            { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } } },
          ],
        },
      ],
    });
  });
});

describe('RabbitMQ in the cluster', () => {
  it('has the queues of all services before the first of them starts, and a user of its own', async () => {
    const file = (await readFolder(root, 'components')).get('components/rabbitmq/definitions.json') ?? '';
    const { password = '', 'definitions.json': definitions = '' } = secret('rabbitmq');

    expect(JSON.parse(definitions)).toEqual({
      ...(JSON.parse(file) as object),
      users: [{ name: 'commons', password, tags: 'administrator' }],
      permissions: [{ user: 'commons', vhost: '/', configure: '.*', write: '.*', read: '.*' }],
    });
    expect(secret('rabbitmq-connection-string')).toEqual({
      'rabbitmq-connection-string': `amqp://commons:${password}@rabbitmq.here:5672`,
    });
  });

  it('gives one outside its definitions to import', async () => {
    const outside = await charts.render('commons');
    const file = (await readFolder(root, 'components')).get('components/rabbitmq/definitions.json') ?? '';

    expect(JSON.parse(find(outside, 'ConfigMap', 'rabbitmq-definitions')['data']['definitions.json'])).toEqual(
      JSON.parse(file),
    );
  });
});

describe('Redis and Azurite in the cluster', () => {
  it('are where their Secrets say', () => {
    const key = secret('azurite')['account-key'] ?? '';

    expect(secret('redis-host')).toEqual({ 'redis-host': 'redis.here:6379' });
    expect(secret('redis-password')['redis-password']).toMatch(/^\w{32}$/);
    expect(atob(key)).toHaveLength(64);
    expect(secret('blob-connection-string')).toEqual({
      'blob-connection-string': `DefaultEndpointsProtocol=http;AccountName=commons;AccountKey=${key};BlobEndpoint=http://azurite.here:10000/commons;`,
    });
  });
});

describe('the key that encrypts the keys of auth', () => {
  it('is 32 random bytes, and outlives the release', () => {
    const { metadata, stringData, type } = find(objects, 'Secret', 'auth-key-encryption-key');

    expect(atob(stringData['auth-key-encryption-key'])).toHaveLength(32);
    expect({ metadata, type }).toEqual({
      metadata: {
        name: 'auth-key-encryption-key',
        namespace: 'here',
        labels: labels('auth-key-encryption-key', 'commons'),
        annotations: { 'helm.sh/resource-policy': 'keep' },
      },
      type: 'Opaque',
    });
  });
});

describe('every pod of the platform', () => {
  it('has no rights on its node, a file system that it cannot write to, and a limit of memory', () => {
    const pods = objects.flatMap(({ kind, spec, metadata }) =>
      ['Deployment', 'StatefulSet', 'Job'].includes(kind) ? [{ ...spec.template.spec, name: metadata.name }] : [],
    );
    const wrong = pods.filter(
      ({ securityContext, containers: [container] }) =>
        securityContext.runAsNonRoot !== true ||
        securityContext.seccompProfile.type !== 'RuntimeDefault' ||
        container.securityContext.readOnlyRootFilesystem !== true ||
        container.securityContext.allowPrivilegeEscalation !== false ||
        container.securityContext.capabilities.drop[0] !== 'ALL' ||
        container.resources.limits.memory === undefined,
    );

    expect(pods).toHaveLength(25);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
