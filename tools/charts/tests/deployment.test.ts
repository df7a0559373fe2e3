import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { labels, metadata, selector } from './support/labels.ts';
import { find, openCharts, type Charts } from './support/open-charts.ts';

let charts: Charts;
beforeAll(async () => void (charts = await openCharts()), 120_000);
afterAll(() => charts.close());

const probe = (path: string, periodSeconds: number, timeoutSeconds: number, failureThreshold: number) => ({
  httpGet: { path, port: 'http' },
  periodSeconds,
  timeoutSeconds,
  failureThreshold,
});
const spread = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector('like') },
  matchLabelKeys: ['pod-template-hash'],
});

describe('the Deployment of a service', () => {
  it('has a sidecar, probes, limits, no rights, and is spread', async () => {
    const deployment = find(await charts.render('like'), 'Deployment');

    const { 'commons/components': revision, ...annotations } = deployment['spec'].template.metadata.annotations;
    expect(revision).toMatch(/^[0-9a-f]{12}$/);
    expect(annotations).toEqual({
      'dapr.io/enabled': 'true',
      'dapr.io/app-id': 'like',
      'dapr.io/app-port': '4000',
      'dapr.io/app-protocol': 'http',
      'dapr.io/config': 'like',
      'dapr.io/app-token-secret': 'like-app-token',
      'dapr.io/api-token-secret': 'like-api-token',
      'dapr.io/disable-builtin-k8s-secret-store': 'true',
      'dapr.io/enable-app-health-check': 'true',
      'dapr.io/app-health-check-path': '/healthz',
      'dapr.io/app-health-probe-interval': '5',
      'dapr.io/app-health-probe-timeout': '3000',
      'dapr.io/app-health-threshold': '3',
      'dapr.io/max-body-size': '16Mi',
      'dapr.io/log-as-json': 'true',
      'dapr.io/log-level': 'info',
      'dapr.io/block-shutdown-duration': '35s',
      'dapr.io/graceful-shutdown-seconds': '5',
      'dapr.io/sidecar-seccomp-profile-type': 'RuntimeDefault',
      'dapr.io/sidecar-cpu-request': '50m',
      'dapr.io/sidecar-memory-request': '96Mi',
      'dapr.io/sidecar-memory-limit': '384Mi',
    });
    delete deployment['spec'].template.metadata.annotations;
    expect(deployment).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('like'),
      spec: {
        replicas: 1,
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: 300,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: selector('like') },
        template: {
          metadata: { labels: labels('like') },
          spec: {
            serviceAccountName: 'like',
            automountServiceAccountToken: true,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 53,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
            topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
            containers: [
              {
                name: 'like',
                image: 'commons/like:0.1.0',
                imagePullPolicy: 'IfNotPresent',
                securityContext: {
                  runAsUser: 10001,
                  runAsGroup: 10001,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                env: [
                  { name: 'APP_API_TOKEN', valueFrom: { secretKeyRef: { name: 'like-app-token', key: 'token' } } },
                  { name: 'DAPR_API_TOKEN', valueFrom: { secretKeyRef: { name: 'like-api-token', key: 'token' } } },
                  { name: 'MONGODB_URI', valueFrom: { secretKeyRef: { name: 'mongodb-uri', key: 'mongodb-uri' } } },
                  { name: 'APP_HOST', value: '0.0.0.0' },
                  { name: 'APP_PORT', value: '4000' },
                  { name: 'NODE_ENV', value: 'production' },
                  { name: 'SHUTDOWN_LEAVE_MS', value: '40000' },
                  { name: 'SHUTDOWN_LIMIT_MS', value: '10000' },
                ],
                resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { memory: '512Mi' } },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
                ports: [{ name: 'http', containerPort: 4000 }],
                startupProbe: probe('/healthz', 2, 3, 60),
                livenessProbe: probe('/healthz', 10, 3, 6),
                readinessProbe: probe('/readyz', 5, 4, 3),
              },
            ],
          },
        },
      },
    });
  });

  it('gives the service its time to serve on, then the sidecar its own, then the service its to end, before the pod is killed', async () => {
    const values = { drain: { leaveSeconds: 8, seconds: 25, sidecarSeconds: 7 } };
    const { spec } = find(await charts.render('like', { values }), 'Deployment')['spec'].template;
    const { annotations } = find(await charts.render('like', { values }), 'Deployment')['spec'].template.metadata;

    expect(spec.containers[0].env.slice(-2)).toEqual([
      { name: 'SHUTDOWN_LEAVE_MS', value: '15000' },
      { name: 'SHUTDOWN_LIMIT_MS', value: '25000' },
    ]);
    expect(annotations['dapr.io/block-shutdown-duration']).toBe('8s');
    expect(annotations['dapr.io/graceful-shutdown-seconds']).toBe('7');
    expect(spec.terminationGracePeriodSeconds).toBe(43);
  });

  it('of the edge asks for no token of a sidecar, has no database, and is ready though others are not', async () => {
    const values = { global: { publicUrl: 'https://api.example.com' } };
    const [container] = find(await charts.render('gateway', { values }), 'Deployment')['spec'].template.spec.containers;

    expect(container.readinessProbe.httpGet.path).toBe('/healthz');
    expect(container.env).toEqual([
      { name: 'DAPR_API_TOKEN', valueFrom: { secretKeyRef: { name: 'gateway-api-token', key: 'token' } } },
      { name: 'APP_HOST', value: '0.0.0.0' },
      { name: 'APP_PORT', value: '4000' },
      { name: 'NODE_ENV', value: 'production' },
      { name: 'PUBLIC_URL', value: 'https://api.example.com' },
      { name: 'REALTIME_URL', value: 'http://realtime:4000' },
      { name: 'SHUTDOWN_LEAVE_MS', value: '40000' },
      { name: 'SHUTDOWN_LIMIT_MS', value: '10000' },
    ]);
  });

  it("takes the release's values over the library's, and its own over the release's", async () => {
    const values = {
      global: {
        service: {
          replicas: 3,
          image: { registry: 'registry.example.com', tag: '7' },
          tracing: { endpoint: 'http://jaeger:4318', ratio: 0.5 },
          env: { LOG_LEVEL: 'warn', TOKEN_AUDIENCE: 'all' },
        },
      },
      replicas: 5,
      env: { LOG_LEVEL: 'debug', TOKEN_ISSUER: '' },
      secretEnv: { MONGODB_URI: { name: 'other', key: 'uri' } },
    };
    const deployment = find(await charts.render('like', { values }), 'Deployment');
    const [container] = deployment['spec'].template.spec.containers;

    expect(deployment['spec'].replicas).toBe(5);
    expect(container.image).toBe('registry.example.com/commons/like:7');
    expect(container.env.slice(2)).toEqual([
      { name: 'MONGODB_URI', valueFrom: { secretKeyRef: { name: 'other', key: 'uri' } } },
      { name: 'APP_HOST', value: '0.0.0.0' },
      { name: 'APP_PORT', value: '4000' },
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'NODE_ENV', value: 'production' },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://jaeger:4318' },
      { name: 'OTEL_TRACES_SAMPLER_ARG', value: '0.5' },
      { name: 'SHUTDOWN_LEAVE_MS', value: '40000' },
      { name: 'SHUTDOWN_LIMIT_MS', value: '10000' },
      { name: 'TOKEN_AUDIENCE', value: 'all' },
    ]);
  });

  it('waits for what it cannot start without', async () => {
    const values = { waitFor: ['rabbitmq:5672', 'mongodb:27017'] };
    const { initContainers, containers } = find(await charts.render('like', { values }), 'Deployment')['spec'].template
      .spec;

    const [{ command, ...container }] = initContainers;
    expect([...command.slice(0, 3), ...command.slice(4)]).toEqual([
      'node',
      '--input-type=module',
      '--eval',
      'rabbitmq:5672',
      'mongodb:27017',
    ]);
    expect(container).toEqual({
      name: 'wait',
      image: 'commons/like:0.1.0',
      imagePullPolicy: 'IfNotPresent',
      securityContext: containers[0].securityContext,
      resources: containers[0].resources,
    });
  });

  it('is placed and marked as its values say', async () => {
    const values = {
      image: { pullSecrets: ['registry'] },
      podLabels: { team: 'a' },
      podAnnotations: { note: 'b' },
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
      topologySpread: { enabled: false },
    };
    const { metadata: marks, spec } = find(await charts.render('like', { values }), 'Deployment')['spec'].template;

    expect(marks.labels).toEqual({ ...labels('like'), team: 'a' });
    expect(marks.annotations.note).toBe('b');
    expect(spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
    });
    expect(spec.topologySpreadConstraints).toBeUndefined();
  });
});
