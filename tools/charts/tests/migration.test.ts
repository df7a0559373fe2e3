import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { labels } from './support/labels.ts';
import { find, namesOf, openCharts, type Charts } from './support/open-charts.ts';

let charts: Charts;
beforeAll(async () => void (charts = await openCharts()), 120_000);
afterAll(() => charts.close());

describe('the migration of a service', () => {
  it('runs before an upgrade, by the new image, without a sidecar', async () => {
    const values = { image: { tag: '7' }, migrations: { timeoutSeconds: 60 }, mongodb: { name: 'mine', key: 'uri' } };

    expect(find(await charts.render('like', { values }), 'Job')).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'like-migrate',
        namespace: 'here',
        labels: labels('like-migrate', 'like'),
        annotations: {
          'helm.sh/hook': 'pre-upgrade',
          'helm.sh/hook-weight': '0',
          'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
        },
      },
      spec: {
        backoffLimit: 3,
        activeDeadlineSeconds: 60,
        template: {
          metadata: { labels: labels('like-migrate', 'like'), annotations: { 'dapr.io/enabled': 'false' } },
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
            containers: [
              {
                name: 'migrate',
                image: 'commons/like:7',
                imagePullPolicy: 'IfNotPresent',
                command: ['node', '--enable-source-maps', 'dist/src/main.js', 'migrate'],
                securityContext: {
                  runAsUser: 10001,
                  runAsGroup: 10001,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                env: [
                  { name: 'MONGODB_URI', valueFrom: { secretKeyRef: { name: 'mine', key: 'uri' } } },
                  { name: 'APP_HOST', value: '0.0.0.0' },
                  { name: 'APP_PORT', value: '4000' },
                  { name: 'NODE_ENV', value: 'production' },
                  { name: 'SHUTDOWN_LIMIT_MS', value: '10000' },
                ],
                resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { memory: '512Mi' } },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
            ],
          },
        },
      },
    });
  });

  it('is there for a service with a database, unless it is switched off', async () => {
    expect(namesOf(await charts.render('gateway'), 'Job')).toEqual([]);
    expect(namesOf(await charts.render('like', { values: { migrations: { enabled: false } } }), 'Job')).toEqual([]);
  });
});
