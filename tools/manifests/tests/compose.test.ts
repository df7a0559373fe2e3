import { access } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readServiceNames } from '../src/read-files.ts';
import { readCompose } from './compose-check.ts';
import type { ComposeProject, ComposeService } from './compose-check.ts';
import { readText, root } from './repository.ts';

const names = await readServiceNames(root);
let project: ComposeProject;
let services: ComposeProject['services'];
// The first run builds the program that reads the file.
beforeAll(async () => {
  project = await readCompose(['compose.yaml']);
  services = project.services;
}, 300_000);

const each = <T>(pick: (service: ComposeService) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(services).map(([name, service]) => [name, pick(service)]));
const same = <T>(value: T): Record<string, T> => each(() => value);

describe('compose.yaml', () => {
  it('runs every service with a sidecar, and what they stand on', () => {
    expect(Object.keys(services).sort()).toEqual(
      [
        ...names.flatMap((name) => [name, `${name}-dapr`]),
        ...['azurite', 'grafana', 'jaeger', 'mongo', 'prometheus', 'rabbitmq', 'redis', 'sentry'],
      ].sort(),
    );
  });

  it('lets no container write to its own files, gain privileges, or have any', () => {
    const rights = each(({ read_only, cap_drop, cap_add, security_opt, privileged, network_mode, pid }) => ({
      ...{ read_only, cap_drop, cap_add, security_opt, privileged, network_mode, pid },
    }));
    expect(rights).toEqual(
      same({
        ...{ read_only: true, cap_drop: ['ALL'], cap_add: undefined, security_opt: ['no-new-privileges:true'] },
        ...{ privileged: undefined, network_mode: undefined, pid: undefined },
      }),
    );
  });

  it('opens the API, the traces and the dashboards to this machine, and nothing else to anybody', () => {
    const ports = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port.host_ip}:${port.published}`),
    );
    expect(ports).toEqual(['gateway 127.0.0.1:8000', 'grafana 127.0.0.1:3000', 'jaeger 127.0.0.1:16686']);
    const outside = Object.entries(services).filter(([, { networks }]) => 'outside' in networks);
    expect(outside.map(([name]) => name)).toEqual(['gateway', 'grafana', 'jaeger']);
    expect(project.networks['inside']?.internal).toBe(true);
  });

  it('fixes the version of every image that it does not build', () => {
    const images = Object.values(services).flatMap(({ image, build }) => (build ? [] : [image]));
    expect(images.filter((image) => !/:v?\d+\.\d+\.\d+$/.test(image))).toEqual([]);
  });

  it('has no secret in it, and gives each pair tokens of its own', async () => {
    const text = await readText('compose.yaml');
    expect(text.match(/^ *\w*(PASSWORD|TOKEN|KEY)\w*: *[^\s$].*/gm)).toBeNull();
    const tokens = names.map((name) => services[name]!['environment']['APP_API_TOKEN']);
    expect(names.map((name) => services[`${name}-dapr`]!['environment']['APP_API_TOKEN'])).toEqual(tokens);
    expect(new Set(tokens).size).toBe(names.length);
  });

  it.each(names)('starts %s when what it needs is there, by a sidecar of its own', (name) => {
    const { environment, depends_on, healthcheck, build } = services[name]!;
    const { command, entrypoint, depends_on: sidecarNeeds } = services[`${name}-dapr`]!;

    expect(build?.args['SERVICE']).toBe(name);
    expect(environment['DAPR_HOST']).toBe(`${name}-dapr`);
    expect(depends_on).toHaveProperty(`${name}-dapr.condition`, 'service_started');
    if (name !== 'gateway') expect(depends_on).toHaveProperty('mongo.condition', 'service_healthy');
    expect(healthcheck.test.join(' ')).toContain('/readyz');
    expect(command).toEqual([
      `--app-id=${name}`,
      `--app-channel-address=${name}`,
      `--config=/components/configuration/${name}.yaml`,
    ]);
    expect(entrypoint).toEqual(expect.arrayContaining(['--app-port=4000', '--enable-mtls']));
    expect(Object.keys(sidecarNeeds).sort()).toEqual(['rabbitmq', 'redis', 'sentry']);
  });

  it('starts the gateway last', () => {
    const needed = Object.keys(services['gateway']!['depends_on']).filter((name) => name !== 'gateway-dapr');
    expect(needed.sort()).toEqual(names.filter((name) => name !== 'gateway'));
  });

  it('mounts only files that are there', async () => {
    const sources = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.filter(({ type }) => type === 'bind').map(({ source }) => source),
    );
    const ours = [...new Set(sources)].filter((source) => !source.includes('/secrets/'));
    expect(ours.length).toBeGreaterThan(5);
    await expect(Promise.all(ours.map((path) => access(new URL(path, root))))).resolves.toHaveLength(ours.length);
  });

  it('takes ports and an admin from the environment', async () => {
    const env = { PORT: '9000', ADMIN_USERNAME: 'root1', ADMIN_PASSWORD: 'long enough' };
    const { services: other } = await readCompose(['compose.yaml'], env);
    expect(other['gateway']?.ports?.[0]?.published).toBe('9000');
    expect(other['auth']?.environment).toMatchObject({ ADMIN_USERNAME: 'root1', ADMIN_PASSWORD: 'long enough' });
  });

  it('opens the back-ends to this machine with docker/backend-ports.yaml besides', async () => {
    const { services: opened } = await readCompose(['compose.yaml', 'docker/backend-ports.yaml']);
    const ports = ['mongo', 'rabbitmq', 'redis', 'azurite'].flatMap((name) =>
      opened[name]?.ports?.map(({ host_ip, published }) => `${host_ip}:${published}`),
    );
    expect(ports).toEqual(['127.0.0.1:27017', '127.0.0.1:5672', '127.0.0.1:6379', '127.0.0.1:10000']);
  });
});
