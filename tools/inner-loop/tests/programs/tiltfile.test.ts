import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { objectsOf, renderRelease, type KubernetesObject } from '../support/release.ts';
import { root, serviceNames } from '../support/repository.ts';
import { callsOf, runTiltfile, type TiltfileRun } from '../support/run-tiltfile.ts';

interface Build {
  ref: string;
  context: string;
  dockerfile: string;
  target: string;
  build_args: Record<string, string>;
  ignore: string[];
  live_update: { is: string; files?: string[]; local_path?: string; remote_path?: string }[];
}
interface Resource {
  workload?: string;
  new_name?: string;
  objects: string[];
  labels: string[];
  resource_deps?: string[];
  port_forwards?: Record<string, unknown>[];
}
interface Button {
  name: string;
  cmd: string[];
  labels: string[];
  auto_init: boolean;
  trigger_mode: string;
  resource_deps?: string[];
}

const services = await serviceNames();
const tilt = join(root, 'tilt');
const nameOf = ({ workload, new_name: newName }: Resource): string => workload ?? newName ?? '';
const workloadKinds = ['Deployment', 'StatefulSet'];

let release: KubernetesObject[];
let run: TiltfileRun;
let builds: Build[];
let resources: Resource[];

beforeAll(async () => {
  const text = await renderRelease();
  release = objectsOf(text);
  run = await runTiltfile({ answers: { 'npm run --silent chart-dependencies': '', 'helm template': text } });
  builds = callsOf<Build>(run, 'docker_build');
  resources = callsOf<Resource>(run, 'k8s_resource');
});

describe('the Tiltfile', () => {
  it('comes to its end', () => {
    expect(run.problem).toBe('');
  });

  it('asks Helm for the release of the cluster that Tilt is on, whose passwords stay as they are', () => {
    expect(
      callsOf<{ command: string[]; dir: string }>(run, 'local').map(({ command, dir }) => ({ command, dir })),
    ).toEqual([
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

describe('the image of a service', () => {
  it.each(services)('is built by the Dockerfile for %s, under the name that its Deployment has', (name) => {
    const build = builds.find(({ ref }) => ref === `commons/${name}`);
    const deployment = release.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);

    expect(build).toMatchObject({
      context: '..',
      dockerfile: '../Dockerfile',
      target: 'dev',
      build_args: { SERVICE: name },
    });
    expect(deployment?.spec?.template?.spec.containers.map(({ image }) => image.replace(/:[^/]*$/, ''))).toEqual([
      build?.ref,
    ]);
  });

  it.each(services)('takes the changed sources of %s and of what all share, and nothing of the others', (name) => {
    const build = builds.find(({ ref }) => ref === `commons/${name}`);
    const others = services.filter((other) => other !== name);

    expect(build?.live_update).toEqual([
      {
        is: 'fall_back_on',
        files: [
          '../package-lock.json',
          ...[name, 'shared/contracts', 'shared/platform'].map((folder) => `../services/${folder}/package.json`),
        ],
      },
      { is: 'sync', local_path: '../services/shared', remote_path: '/tmp/services/shared' },
      { is: 'sync', local_path: `../services/${name}`, remote_path: `/tmp/services/${name}` },
    ]);
    expect(build?.ignore).toEqual(others.flatMap((other) => [`services/${other}/src`, `services/${other}/migrations`]));
  });

  it('is kept up to date from files and folders that there are', () => {
    const paths = builds.flatMap(({ live_update: steps }) =>
      steps.flatMap((step) => step.files ?? step.local_path ?? []),
    );

    expect(paths.filter((path) => !existsSync(resolve(tilt, path)))).toEqual([]);
  });

  it('has the stage in the Dockerfile that runs sources from where they are copied to', async () => {
    const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
    const [, stage = ''] = /^FROM \S+ AS dev$([\s\S]*?)(?=^FROM )/m.exec(dockerfile) ?? [];

    expect(stage).toContain('ln -s /tmp/services /services');
    expect(stage).toContain('--conditions=source');
  });

  it('is made from the base images that the environment names', async () => {
    const answers = { 'npm run': '', 'helm template': await renderRelease() };
    const environment = { BASE_IMAGE: 'localhost/run', BUILD_IMAGE: 'localhost/build' };
    const [build] = callsOf<Build>(await runTiltfile({ answers, environment }), 'docker_build');

    expect(build?.build_args).toEqual({ SERVICE: 'auth', ...environment });
  });
});

describe('the resources', () => {
  it('are grouped by what they are', () => {
    const labels = Object.fromEntries(resources.map((resource) => [nameOf(resource), resource.labels]));

    expect(labels).toEqual({
      ...Object.fromEntries(services.map((name) => [name, ['services']])),
      ...Object.fromEntries(
        ['azurite', 'mongodb', 'namespace', 'rabbitmq', 'redis', 'release'].map((name) => [name, ['data']]),
      ),
      components: ['dapr'],
      gateway: ['edge'],
    });
  });

  it('have every object of the release once, but for Services, which Tilt gives to the pods that they select', () => {
    const expected = release
      .filter(({ kind }) => kind !== 'Service' && !workloadKinds.includes(kind))
      .map(({ kind, metadata }) => `${metadata.name}:${kind.toLowerCase()}`);

    expect(resources.flatMap(({ objects }) => objects).sort()).toEqual(['commons:namespace', ...expected].sort());
    expect(resources.flatMap(({ workload }) => workload ?? []).sort()).toEqual(
      release
        .filter(({ kind }) => workloadKinds.includes(kind))
        .map(({ metadata }) => metadata.name)
        .sort(),
    );
  });

  it("put a service's own objects with it, and Dapr's together", () => {
    const objects = Object.fromEntries(resources.map((resource) => [nameOf(resource), resource.objects]));

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
    const data = ['azurite', 'mongodb', 'rabbitmq', 'redis'];
    const needs = Object.fromEntries(resources.map((resource) => [nameOf(resource), resource.resource_deps ?? []]));
    const inner = services.filter((name) => name !== 'gateway');
    const beneath = ['components', 'release', ...data];

    expect(Object.fromEntries(Object.entries(needs).map(([name, names]) => [name, [...names].sort()]))).toEqual({
      namespace: [],
      components: ['namespace'],
      release: ['namespace'],
      ...Object.fromEntries(data.map((name) => [name, ['namespace']])),
      ...Object.fromEntries(inner.map((name) => [name, [...beneath].sort()])),
      gateway: [...beneath, ...inner].sort(),
    });
  });

  it('forward the ports of what there is to see', () => {
    const forwarded = resources.filter(({ port_forwards: ports = [] }) => ports.length > 0);

    expect(Object.fromEntries(forwarded.map((resource) => [nameOf(resource), resource.port_forwards]))).toEqual({
      gateway: [{ is: 'port_forward', local_port: 8000, container_port: 4000, name: 'API', link_path: '/docs' }],
      rabbitmq: [{ is: 'port_forward', local_port: 15672, container_port: 15672, name: 'queues' }],
    });
  });
});

describe('the buttons', () => {
  it('test, fill and mend, and only when they are pressed', () => {
    const buttons = callsOf<Button>(run, 'local_resource');

    expect(Object.fromEntries(buttons.map(({ name, labels }) => [name, labels]))).toEqual({
      'unit-tests': ['tests'],
      ...Object.fromEntries(services.map((name) => [`${name}-tests`, ['tests']])),
      'platform-test': ['tests'],
      demo: ['tools'],
      rebuild: ['tools'],
    });
    expect(buttons.filter((button) => button.auto_init || button.trigger_mode !== 'manual')).toEqual([]);
  });

  it('run scripts and files that there are', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const commands = callsOf<Button>(run, 'local_resource').map(({ cmd }) => cmd);

    expect(
      commands.flatMap(([, verb, name]) => (verb === 'run' ? [name] : [])).filter((name) => !((name ?? '') in scripts)),
    ).toEqual([]);
    expect(
      commands.flat().filter((word) => /^(services|charts)\//.test(word) && !existsSync(join(root, word))),
    ).toEqual([]);
  });
});

describe('with --only', () => {
  it.each([[['--only', 'post,like']], [['--only', 'like', '--only', 'post']]])(
    '%j runs these services alone',
    async (args) => {
      const leftOut = services.filter((name) => name !== 'post' && name !== 'like');
      const answers = { 'npm run': '', 'helm template': await renderRelease(leftOut) };
      const only = await runTiltfile({ args, answers });

      expect(only.problem).toBe('');
      expect(callsOf<Build>(only, 'docker_build').map(({ ref }) => ref)).toEqual(['commons/like', 'commons/post']);
      expect(callsOf<{ command: string[] }>(only, 'local').at(-1)?.command.slice(-leftOut.length)).toEqual(
        leftOut.map((name) => `--set=${name}.enabled=false`),
      );
      expect(callsOf<Button>(only, 'local_resource').map(({ name }) => name)).toEqual([
        'unit-tests',
        'like-tests',
        'post-tests',
      ]);
      const names = callsOf<Resource>(only, 'k8s_resource').map(nameOf);
      expect(names.filter((name) => services.includes(name))).toEqual(['like', 'post']);
    },
  );

  it('says which services there are when it names another', async () => {
    const { problem } = await runTiltfile({ args: ['--only', 'post,lik'], answers: {} });

    expect(problem).toContain(`There is no service lik. The services are: ${services.join(', ')}.`);
  });
});
