import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { metadata, selector } from './support/labels.ts';
import { find, KEDA, namesOf, openCharts, SERVICE_MONITOR, type Charts } from './support/open-charts.ts';

let charts: Charts;
beforeAll(async () => void (charts = await openCharts()), 120_000);
afterAll(() => charts.close());

describe('what scales a service', () => {
  it('is nothing at first', async () => {
    const objects = await charts.render('like');

    expect(namesOf(objects, 'HorizontalPodAutoscaler')).toEqual([]);
    expect(namesOf(objects, 'ScaledObject')).toEqual([]);
    expect(namesOf(objects, 'PodDisruptionBudget')).toEqual([]);
  });

  it("can be the CPU of the service's own container", async () => {
    const objects = await charts.render('like', {
      values: { scaling: { kind: 'hpa', min: 2, max: 5, cpuPercent: 60 } },
    });

    expect(find(objects, 'Deployment')['spec']).not.toHaveProperty('replicas');
    expect(find(objects, 'HorizontalPodAutoscaler')).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata('like'),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'like' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'like',
              target: { type: 'Utilization', averageUtilization: 60 },
            },
          },
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    });
  });

  it('can be the length of its queues', async () => {
    const values = {
      scaling: { kind: 'keda', min: 1, max: 9, queueLength: 50, topics: ['post-events', 'user-events'] },
      rabbitmq: { name: 'broker', key: 'uri' },
    };
    const objects = await charts.render('like', { values, knows: [KEDA] });
    const queue = (queueName: string) => ({
      type: 'rabbitmq',
      metadata: { protocol: 'amqp', queueName, mode: 'QueueLength', value: '50' },
      authenticationRef: { name: 'like-queues' },
    });

    expect(find(objects, 'Deployment')['spec']).not.toHaveProperty('replicas');
    expect(find(objects, 'ScaledObject')).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadata('like'),
      spec: {
        scaleTargetRef: { name: 'like', envSourceContainerName: 'like' },
        minReplicaCount: 1,
        maxReplicaCount: 9,
        cooldownPeriod: 300,
        triggers: [
          { type: 'cpu', metricType: 'Utilization', metadata: { containerName: 'like', value: '70' } },
          queue('like-post-events'),
          queue('like-user-events'),
        ],
      },
    });
    expect(find(objects, 'TriggerAuthentication')).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: metadata('like', 'like-queues'),
      spec: { secretTargetRef: [{ parameter: 'host', name: 'broker', key: 'uri' }] },
    });
  });

  it('is refused in words where the cluster has no KEDA', async () => {
    await expect(charts.render('like', { values: { scaling: { kind: 'keda' } } })).rejects.toThrow(
      'like is to be scaled by KEDA, which this cluster does not have: install it (https://keda.sh), or set scaling.kind to hpa or none.',
    );
  });
});

describe('the budget for disruptions', () => {
  it('is there where there are at least two replicas', async () => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata('like'),
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selector('like') },
      },
    };

    expect(find(await charts.render('like', { values: { replicas: 2 } }), 'PodDisruptionBudget')).toEqual(budget);
    const scaled = await charts.render('like', { values: { scaling: { kind: 'hpa' } } });
    expect(find(scaled, 'PodDisruptionBudget')).toEqual(budget);
    const without = await charts.render('like', { values: { replicas: 2, disruptionBudget: { enabled: false } } });
    expect(namesOf(without, 'PodDisruptionBudget')).toEqual([]);
  });
});

describe('the ServiceMonitor', () => {
  it('reads the metrics of the service where it is asked for', async () => {
    const values = { serviceMonitor: { enabled: true, interval: '10s', labels: { release: 'prometheus' } } };
    const monitor = find(await charts.render('like', { values, knows: [SERVICE_MONITOR] }), 'ServiceMonitor');
    const { labels, ...rest } = metadata('like');

    expect(monitor).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { ...rest, labels: { ...labels, release: 'prometheus' } },
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: { matchLabels: selector('like') },
        endpoints: [{ port: 'http', path: '/metrics', interval: '10s' }],
      },
    });
  });

  it('is refused in words where the cluster does not know it', async () => {
    await expect(charts.render('like', { values: { serviceMonitor: { enabled: true } } })).rejects.toThrow(
      'like is to have a ServiceMonitor, which this cluster does not know: install the Prometheus operator, or set serviceMonitor.enabled to false.',
    );
  });
});
