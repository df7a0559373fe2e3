import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceCharts } from '../src/chart-files.ts';
import { lintCharts } from '../src/lint-charts.ts';
import { readFolder } from '../src/read-folder.ts';
import { labels } from './support/labels.ts';
import {
  find,
  KEDA,
  namesOf,
  openCharts,
  POD_MONITOR,
  root,
  SERVICE_MONITOR,
  type Charts,
  type KubernetesObject,
} from './support/open-charts.ts';

let charts: Charts;
let services: string[];
beforeAll(async () => {
  charts = await openCharts();
  services = serviceCharts(await readFolder(root, 'charts'));
}, 120_000);
afterAll(() => charts.close());

const dev = { files: ['values-dev.yaml'] };
const prod = { files: ['values-prod.yaml'], knows: [KEDA, SERVICE_MONITOR, POD_MONITOR] };

describe('the charts', () => {
  it('are flawless to a strict helm lint', async () => {
    expect(await lintCharts(charts.helm, charts.path('.'), services)).toBe(
      `${services.length + 3} charts and values linted, none failed.`,
    );
  });
});

describe('the platform', () => {
  it('says in words that a cluster has no Dapr, and how to get it', async () => {
    const rendering = charts.helm('template', 'test', charts.path('commons'));

    await expect(rendering).rejects.toThrow(
      "This cluster does not know Dapr's Component, so Dapr 1.18 is not installed on it. Install it first:\n\n  helm install dapr dapr",
    );
  });

  it('has every service, but for those that are switched off', async () => {
    const without = await charts.render('commons', { values: { post: { enabled: false } } });

    expect(namesOf(await charts.render('commons', dev), 'Deployment')).toEqual(services);
    expect(namesOf(without, 'Deployment')).toEqual(services.filter((name) => name !== 'post'));
  });

  it('for development stands on its own: each Secret that is named is made', async () => {
    const objects = await charts.render('commons', dev);

    expect(namesOf(objects, 'StatefulSet')).toEqual(['azurite', 'mongodb', 'rabbitmq', 'redis']);
    const made = namesOf(objects, 'Secret');
    expect(secretsOf(objects).filter((name) => !made.includes(name))).toEqual([]);
  });

  it('for production makes no Secret and no database', async () => {
    const objects = await charts.render('commons', prod);

    expect(namesOf(objects, 'Secret')).toEqual([]);
    expect(namesOf(objects, 'StatefulSet')).toEqual([]);
    expect(namesOf(objects, 'PodDisruptionBudget')).toEqual(services);
    expect([...namesOf(objects, 'HorizontalPodAutoscaler'), ...namesOf(objects, 'ScaledObject')].sort()).toEqual(
      services,
    );
    expect(find(objects, 'PodMonitor')['spec']).toEqual({
      jobLabel: 'dapr.io/app-id',
      selector: { matchLabels: { 'app.kubernetes.io/part-of': 'commons', 'dapr.io/sidecar-injected': 'true' } },
      podMetricsEndpoints: [{ port: 'dapr-metrics', interval: '30s' }],
    });
  });

  it('refuses values that mean nothing', async () => {
    const values = { ingress: { webSocketService: 'post' } };

    await expect(charts.render('commons', { values })).rejects.toThrow('/ingress/webSocketService');
  });

  it('can be tested with the image of the gateway', async () => {
    const objects = await charts.render('commons', { values: { gateway: { image: { tag: '7' } } } });
    const pod = find(objects, 'Pod');

    expect(pod['metadata'].annotations['helm.sh/hook']).toBe('test');
    expect(pod['spec'].containers[0]).toMatchObject({
      image: 'commons/gateway:7',
      command: ['node', '/test/platform.mjs'],
    });
  });

  it('says what to do next', async () => {
    const settings = ['--dry-run=client', '--set', 'global.service.dapr.check=false', '--namespace', 'here'];
    const notes = await charts.helm('install', 'test', charts.path('commons'), ...settings);

    expect(notes).toContain('helm test test --namespace here --logs');
    expect(notes).toContain('kubectl --namespace here port-forward service/gateway 8000:4000');
    expect(notes).toContain('rabbitmqctl import_definitions definitions.json');
  });
});

describe('the ingress', () => {
  it('leads to the gateway by the host of the public address, with its certificate', async () => {
    const values = {
      global: { publicUrl: 'https://api.example.com:8443' },
      ingress: { enabled: true, className: 'traefik', annotations: { a: 'b' }, tlsSecret: 'certificate' },
    };
    const to = (name: string) => ({ service: { name, port: { name: 'http' } } });

    expect(find(await charts.render('commons', { values }), 'Ingress')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'commons', namespace: 'here', labels: labels('commons'), annotations: { a: 'b' } },
      spec: {
        ingressClassName: 'traefik',
        tls: [{ secretName: 'certificate', hosts: ['api.example.com'] }],
        rules: [
          {
            host: 'api.example.com',
            http: {
              paths: [
                { path: '/ws', pathType: 'Exact', backend: to('gateway') },
                { path: '/', pathType: 'Prefix', backend: to('gateway') },
              ],
            },
          },
        ],
      },
    });
  });

  it('can lead WebSockets to realtime itself, and serve every host without TLS', async () => {
    const values = { ingress: { enabled: true, webSocketService: 'realtime' } };
    const { spec } = find(await charts.render('commons', { values }), 'Ingress');

    expect(spec.rules[0].http.paths[0].backend.service.name).toBe('realtime');
    expect([spec.tls, spec.ingressClassName, spec.rules[0].host]).toEqual([undefined, undefined, undefined]);
  });
});

/** Names of all Secrets that pods and components name. */
function secretsOf(objects: readonly KubernetesObject[]): string[] {
  const names = [
    ...JSON.stringify(objects).matchAll(/"secretKeyRef":\{[^}]*"name":"([^"]+)"|"resourceNames":\["([^"]+)"\]/g),
  ];
  return [...new Set(names.map(([, inPod, inRole]) => inPod ?? inRole ?? ''))];
}
