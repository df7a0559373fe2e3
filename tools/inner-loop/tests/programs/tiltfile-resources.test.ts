import { beforeAll, describe, expect, it } from '@jest/globals';
import { objectsOf, renderRelease, type KubernetesObject } from '../support/release.ts';
import { serviceNames } from '../support/repository.ts';
import { runTiltfile, type TiltfileRun } from '../support/run-tiltfile.ts';
import { byName, callsOf, type Resource } from '../support/tiltfile-calls.ts';

const services = await serviceNames();
const inner = services.filter((name) => name !== 'gateway');
const data = ['azurite', 'mongodb', 'rabbitmq', 'redis'];
const each = <Value>(names: readonly string[], value: Value): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [name, value]));

let release: KubernetesObject[];
let run: TiltfileRun;
let resources: Resource[];

beforeAll(async () => {
  const text = await renderRelease();
  release = objectsOf(text);
  run = await runTiltfile({ answers: { 'npm run --silent chart-dependencies': '', 'helm template': text } });
  resources = callsOf(run, 'k8s_resource');
});

describe('the Tiltfile', () => {
  it('comes to its end', () => {
    expect(run.problem).toBe('');
  });

  it('asks Helm for the release on the cluster that Tilt is on, whose passwords stay as they are', () => {
    const commands = callsOf<{ command: string[]; dir: string }>(run, 'local');

    expect(commands.map(({ command, dir }) => ({ command, dir }))).toEqual([
      { command: ['npm', 'run', '--silent', 'chart-dependencies'], dir: '..' },
      {
        command: [
          ...['helm', 'template', 'commons', 'charts/commons', '--namespace', 'commons', '--kube-context', 'commons'],
          ...[
            '--dry-run=server',
            '--no-hooks',
            '--values',
            'charts/commons/values-dev.yaml',
            '--values',
            'tilt/values.yaml',
          ],
        ],
        dir: '..',
      },
    ]);
  });
});

describe('the resources', () => {
  it('are grouped by what they are', () => {
    expect(byName(resources, ({ labels }) => labels)).toEqual({
      ...each(inner, ['services']),
      ...each([...data, 'namespace', 'release'], ['data']),
      components: ['dapr'],
      gateway: ['edge'],
    });
  });

  it('have every object of the release once, but for Services, which Tilt gives to the pods that they select', () => {
    const isWorkload = ({ kind }: KubernetesObject): boolean => kind === 'Deployment' || kind === 'StatefulSet';
    const others = release.filter((object) => object.kind !== 'Service' && !isWorkload(object));
    const selectors = others.map(({ kind, metadata }) => `${metadata.name}:${kind.toLowerCase()}`);

    expect(resources.flatMap(({ objects }) => objects).sort()).toEqual(['commons:namespace', ...selectors].sort());
    expect(resources.flatMap(({ workload }) => workload ?? []).sort()).toEqual(
      release
        .filter(isWorkload)
        .map(({ metadata }) => metadata.name)
        .sort(),
    );
  });

  it("put a service's own objects with it, and Dapr's together", () => {
    const objects = byName(resources, (resource) => resource.objects);

    expect(objects['like']?.sort()).toEqual([
      'like-api-token:secret',
      'like-app-token:secret',
      'like:networkpolicy',
      'like:serviceaccount',
    ]);
    expect(objects['components']).toEqual(expect.arrayContaining(['pubsub:component', 'like:configuration']));
    expect(objects['gateway']).toContain('commons:ingress');
  });

  it('come up in order: the namespace, databases and components, services, and the edge', () => {
    const beneath = ['components', 'release', ...data];

    expect(byName(resources, ({ resource_deps: needs = [] }) => [...needs].sort())).toEqual({
      namespace: [],
      ...each(['components', 'release', ...data], ['namespace']),
      ...each(inner, [...beneath].sort()),
      gateway: [...beneath, ...inner].sort(),
    });
  });

  it('forward the ports of what there is to see', () => {
    const forwarding = resources.filter(({ port_forwards: ports = [] }) => ports.length > 0);

    expect(byName(forwarding, (resource) => resource.port_forwards)).toEqual({
      gateway: [{ is: 'port_forward', local_port: 8000, container_port: 4000, name: 'API', link_path: '/docs' }],
      rabbitmq: [{ is: 'port_forward', local_port: 15672, container_port: 15672, name: 'queues' }],
    });
  });
});
