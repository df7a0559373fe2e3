import { describe, expect, it } from '@jest/globals';
import { readYaml, root } from './repository.ts';

type Metric = { name: string; type: string };
type Registry = { getMetricsAsJSON(): Promise<Metric[]> };
type Platform = { createMetrics: (options: object) => { registry: Registry } };
type DataSource = { uid: string };
type Panel = { id: number; gridPos: { x: number; y: number }; datasource?: DataSource; targets?: { expr: string }[] };
type Dashboard = {
  panels: Panel[];
  annotations: { list: { expr: string }[] };
  templating: { list: { definition: string }[] };
};
type Alert = { alert: string; expr: string; labels: object; annotations: Record<string, string> };

/** What others than services give: Prometheus itself, and RabbitMQ at /metrics/detailed. */
const OF_OTHERS = ['up', 'ALERTS', 'rabbitmq_detailed_queue_messages_ready', 'rabbitmq_detailed_queue_consumers'];
const KEYWORDS = ['and', 'or', 'unless', 'offset'];

const platform = new URL('services/shared/platform/src/', root);
const { groups } = await readYaml<{ groups: { rules: Alert[] }[] }>('observability/alerts.yaml');
const alerts = groups.flatMap(({ rules }) => rules);
const dashboard = await readYaml<Dashboard>('observability/grafana/dashboards/commons.json');
const expressions = [
  ...alerts.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.annotations.list.map(({ expr }) => expr),
  ...dashboard.templating.list.map(({ definition }) => definition.replace(/, \w+\)$/, ')')),
];

describe('the dashboard and the alerts', () => {
  it('name only metrics that are given', async () => {
    const known = new Set([...(await metricsOfServices()), ...OF_OTHERS]);
    const named = new Set(expressions.flatMap(metricsIn));
    expect(named.size).toBeGreaterThan(8);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });

  it('know dead letters by the path at which services take them', async () => {
    const { DEAD_LETTER_PATH } = await import(new URL('events/subscribe-document.ts', platform).href);
    const routes = expressions.flatMap((expr) => /route="(\/events[^"]*)"/.exec(expr)?.[1] ?? []);
    expect(new Set(routes)).toEqual(new Set([DEAD_LETTER_PATH]));
  });
});

describe('an alert', () => {
  it.each(alerts)('says what is the matter and where to read on: $alert', ({ alert, labels, annotations }) => {
    expect({ alert, labels, annotations }).toEqual({
      alert: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
      labels: { severity: expect.stringMatching(/^(critical|warning)$/) },
      annotations: {
        summary: expect.stringMatching(/\w/),
        description: expect.stringMatching(/\.$/),
        runbook: `docs/operations.md#${alert.toLowerCase()}`,
      },
    });
  });

  it('has a name of its own', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });
});

describe('the dashboard', () => {
  it('has a place of its own for each panel', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    const places = dashboard.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(places).size).toBe(places.length);
  });

  it('asks the data source that is set up', async () => {
    const { datasources } = await readYaml<{ datasources: DataSource[] }>(
      'observability/grafana/provisioning/datasources/prometheus.yaml',
    );
    const asked = dashboard.panels.flatMap(({ datasource }) => datasource?.uid ?? []);
    expect(datasources.map(({ uid }) => uid)).toEqual(expect.arrayContaining([...new Set(asked)]));
  });
});

async function metricsOfServices(): Promise<string[]> {
  const { createMetrics } = (await import(new URL('observability/metrics.ts', platform).href)) as Platform;
  const { registry } = createMetrics({ service: 'any', ownProcess: true, outboxDepth: () => Promise.resolve(0) });
  const metrics = await registry.getMetricsAsJSON();
  return metrics.flatMap(({ name, type }) =>
    type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
}

/** Names of no function, label, string or keyword. */
function metricsIn(expr: string): string[] {
  const bare = expr.replace(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(by|on) *\([^)]*\)/g, ' ');
  return (bare.match(/\b[a-zA-Z_:][\w:]*\b(?! *\()/g) ?? []).filter((word) => !KEYWORDS.includes(word));
}
