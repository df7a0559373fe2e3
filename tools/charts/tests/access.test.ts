import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { metadata, selector } from './support/labels.ts';
import { find, namesOf, openCharts, type Charts } from './support/open-charts.ts';

let charts: Charts;
beforeAll(async () => void (charts = await openCharts()), 120_000);
afterAll(() => charts.close());

const family = { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'commons' } } };
const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const sidecars = { from: [family], ports: [{ port: 50002 }] };
const metrics = { from: [namespace('monitoring')], ports: [{ port: 'http' }, { port: 9090 }] };
const names = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
const outside = { ports: [{ port: 443 }, { port: 6443 }] };

describe('the network policy of a service', () => {
  it("lets in sidecars and metrics, and out to names, the platform, Dapr and the outside's ports", async () => {
    expect(find(await charts.render('like'), 'NetworkPolicy')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('like'),
      spec: {
        podSelector: { matchLabels: selector('like') },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [sidecars, metrics],
        egress: [names, { to: [family] }, { to: [namespace('dapr-system')] }, outside],
      },
    });
  });

  it('lets the gateway reach the port of realtime, which no sidecar carries', async () => {
    const gateway = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gateway' } } };

    expect(find(await charts.render('realtime'), 'NetworkPolicy')['spec'].ingress).toEqual([
      sidecars,
      metrics,
      { from: [gateway], ports: [{ port: 'http' }] },
    ]);
  });

  it('lets everyone in at the edge, or those who are named', async () => {
    const values = { networkPolicy: { publicFrom: [namespace('ingress')] } };

    expect(find(await charts.render('gateway'), 'NetworkPolicy')['spec'].ingress).toEqual([
      sidecars,
      metrics,
      { ports: [{ port: 'http' }] },
    ]);
    expect(find(await charts.render('gateway', { values }), 'NetworkPolicy')['spec'].ingress).toEqual([
      sidecars,
      metrics,
      { ports: [{ port: 'http' }], from: [family, namespace('ingress')] },
    ]);
  });

  it('takes other ports and rules, and can be left out', async () => {
    const rule = { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] };
    const values = { networkPolicy: { metricsFrom: [], externalPorts: [], egress: [rule] } };
    const { spec } = find(await charts.render('like', { values }), 'NetworkPolicy') as { spec: object };

    expect(spec).toMatchObject({
      ingress: [sidecars],
      egress: [names, { to: [family] }, { to: [namespace('dapr-system')] }, rule],
    });
    const without = await charts.render('like', { values: { networkPolicy: { enabled: false } } });
    expect(namesOf(without, 'NetworkPolicy')).toEqual([]);
  });
});

describe('what a service may read', () => {
  it('is the Secrets that it names, by an account of its own', async () => {
    const objects = await charts.render('post', { values: { serviceAccount: { annotations: { role: 'a' } } } });

    expect(find(objects, 'ServiceAccount')).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata('post'), annotations: { role: 'a' } },
      automountServiceAccountToken: false,
    });
    expect(find(objects, 'Role')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: metadata('post', 'post-secrets'),
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['blob-connection-string'], verbs: ['get'] }],
    });
    expect(find(objects, 'RoleBinding')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadata('post', 'post-secrets'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'post-secrets' },
      subjects: [{ kind: 'ServiceAccount', name: 'post', namespace: 'here' }],
    });
  });

  it('is nothing where it names none', async () => {
    expect(namesOf(await charts.render('like'), 'Role')).toEqual([]);
  });
});

describe('the tokens of a service and its sidecar', () => {
  it('are random, one each way', async () => {
    const objects = await charts.render('like');
    const tokens = namesOf(objects, 'Secret').map((name) => find(objects, 'Secret', name));

    expect(tokens.map(({ data, ...rest }) => ({ ...rest, length: atob(data.token).length }))).toEqual(
      ['like-api-token', 'like-app-token'].map((name) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('like', name),
        type: 'Opaque',
        length: 48,
      })),
    );
    expect(new Set(tokens.map(({ data }) => data.token)).size).toBe(2);
  });

  it('can be brought along', async () => {
    expect(namesOf(await charts.render('like', { values: { tokens: { create: false } } }), 'Secret')).toEqual([]);
  });
});

describe('the Service', () => {
  it('leads to the port of the service', async () => {
    expect(find(await charts.render('like', { values: { port: 4100 } }), 'Service')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('like'),
      spec: {
        type: 'ClusterIP',
        selector: selector('like'),
        ports: [{ name: 'http', port: 4100, targetPort: 'http', appProtocol: 'http' }],
      },
    });
  });
});

describe('the values of a service', () => {
  it.each([
    ['a name that nobody knows', { replica: 2 }, "additional properties 'replica' not allowed"],
    ['a kind of scaling that there is not', { scaling: { kind: 'vpa' } }, '/scaling/kind'],
    ['a number that is none', { global: { service: { drain: { seconds: 'long' } } } }, '/global/service/drain/seconds'],
    ['a variable in small letters', { env: { logLevel: 'debug' } }, "invalid propertyName 'logLevel'"],
  ])('are refused with %s', async (_, values, words) => {
    await expect(charts.render('like', { values })).rejects.toThrow(words);
  });
});
