import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { objectsOf, renderRelease } from '../support/release.ts';
import { root, serviceNames } from '../support/repository.ts';
import { runTiltfile } from '../support/run-tiltfile.ts';
import { callsOf, type Build } from '../support/tiltfile-calls.ts';

const services = await serviceNames();
let release: string;
let builds: Build[];
const buildOf = (service: string): Build | undefined => builds.find(({ ref }) => ref === `commons/${service}`);

beforeAll(async () => {
  release = await renderRelease();
  builds = callsOf(await runTiltfile({ answers: { 'npm run': '', 'helm template': release } }), 'docker_build');
});

describe('the image of a service', () => {
  it.each(services)('is built by the Dockerfile for %s, under the name that its Deployment has', (name) => {
    const deployment = objectsOf(release).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);
    const images = deployment?.spec?.template?.spec.containers.map(({ image }) => image.replace(/:[^/]*$/, ''));

    expect(buildOf(name)).toMatchObject({
      context: '..',
      dockerfile: '../Dockerfile',
      target: 'dev',
      build_args: { SERVICE: name },
    });
    expect(images).toEqual([buildOf(name)?.ref]);
  });

  it.each(services)('takes the changed sources of %s and of what all share, and nothing of the others', (name) => {
    const others = services.filter((other) => other !== name);
    const manifests = [name, 'shared/contracts', 'shared/platform'].map(
      (folder) => `../services/${folder}/package.json`,
    );

    expect(buildOf(name)?.live_update).toEqual([
      { is: 'fall_back_on', paths: ['../package-lock.json', ...manifests] },
      { is: 'sync', local_path: '../services/shared', remote_path: '/tmp/services/shared' },
      { is: 'sync', local_path: `../services/${name}`, remote_path: `/tmp/services/${name}` },
    ]);
    expect(buildOf(name)?.ignore).toEqual(
      others.flatMap((other) => [`services/${other}/src`, `services/${other}/migrations`]),
    );
  });

  it('is kept up to date from files and folders that there are', () => {
    const steps = builds.flatMap(({ live_update: liveUpdate }) => liveUpdate);
    const paths = steps.flatMap(({ paths: several, local_path: path }) => several ?? path ?? []);

    expect(paths.filter((path) => !existsSync(resolve(root, 'tilt', path)))).toEqual([]);
  });

  it('has the stage in the Dockerfile that runs sources from where they are copied to', async () => {
    const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
    const [, stage = ''] = /^FROM \S+ AS dev$([\s\S]*?)(?=^FROM )/m.exec(dockerfile) ?? [];

    expect(stage).toContain('ln -s /tmp/services /services');
    expect(stage).toContain('--conditions=source');
  });

  it('is made from the base images that the environment names', async () => {
    const environment = { BASE_IMAGE: 'localhost/run', BUILD_IMAGE: 'localhost/build' };
    const run = await runTiltfile({ answers: { 'npm run': '', 'helm template': release }, environment });

    expect(callsOf<Build>(run, 'docker_build')[0]?.build_args).toEqual({ SERVICE: 'auth', ...environment });
  });
});
