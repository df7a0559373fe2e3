import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { KubernetesObject } from '../support/release.ts';
import { root, serviceNames } from '../support/repository.ts';
import { diagnose, effectiveConfiguration, render } from '../support/run-skaffold.ts';

const services = await serviceNames();
const digest = `sha256:${'a'.repeat(64)}`;

/** The images of workloads and Jobs of services, by the objects' names. */
function imagesOf(objects: readonly KubernetesObject[], kind: string): Record<string, string[]> {
  const chosen = objects.filter((object) => object.kind === kind);
  return Object.fromEntries(
    chosen.map(({ metadata, spec }) => [
      metadata.name,
      spec?.template?.spec.containers.map(({ image }) => image) ?? [],
    ]),
  );
}

const tagsOf = (image: (service: string) => string): Record<string, string> =>
  Object.fromEntries(services.map((name) => [`commons/${name}`, image(name)]));

describe('skaffold diagnose', () => {
  it.each(['dev', 'prod', 'ci'])('finds nothing wrong with the profile %s', async (profile) => {
    const report = await diagnose(profile);

    const artifacts = [...report.matchAll(/^Docker artifact: (\S+)$/gm)].map(([, image]) => image);
    expect(artifacts).toEqual([
      ...services.map((name) => `commons/${name}`),
      ...(profile === 'ci' ? ['commons/platform-test'] : []),
    ]);
  });

  it('has every image of the profile dev run sources that are copied into it, from folders that there are', async () => {
    const { build, portForward } = await effectiveConfiguration('dev');

    expect(build.artifacts.map(({ image, docker, sync }) => [image, docker?.target, sync?.manual])).toEqual(
      services.map((name) => [`commons/${name}`, 'dev', [{ src: 'services/**/*.ts', dest: '/tmp' }]]),
    );
    expect(globSync('services/*/src/main.ts', { cwd: root })).toHaveLength(services.length);
    expect(portForward).toEqual([
      {
        resourceType: 'service',
        resourceName: 'gateway',
        namespace: 'commons',
        port: 4000,
        localPort: 8000,
        address: '127.0.0.1',
      },
    ]);
  });

  it.each(['prod', 'ci'])('has the profile %s build what users get, and forward no port', async (profile) => {
    const { build, portForward } = await effectiveConfiguration(profile);
    const artifacts = build.artifacts.filter(({ image }) => image !== 'commons/platform-test');

    expect(artifacts.map(({ image, docker, sync }) => [image, docker?.target, sync])).toEqual(
      services.map((name) => [`commons/${name}`, undefined, undefined]),
    );
    expect(portForward).toBeUndefined();
  });

  it('has images pushed by the profile prod alone', async () => {
    const pushes = await Promise.all(
      ['dev', 'prod', 'ci'].map(async (profile) => (await effectiveConfiguration(profile)).build.local?.push),
    );

    expect(pushes).toEqual([undefined, true, undefined]);
  });

  it('has the profile ci ask the platform, by what is in its own image and Job', async () => {
    const { verify = [] } = await effectiveConfiguration('ci');
    const job = parse(await readFile(join(root, 'tools/inner-loop/verify/job.yaml'), 'utf8')) as KubernetesObject;

    expect(verify.map(({ name, container }) => [name, container.image])).toEqual([
      ['platform-test', 'commons/platform-test'],
    ]);
    expect(job.spec?.template?.spec.containers.map(({ image }) => image)).toEqual(['commons/platform-test']);
    expect(existsSync(join(root, 'charts/commons/files/test/platform.mjs'))).toBe(true);
  });
});

describe('skaffold render', () => {
  it('gives every Deployment of the profile dev the image that was built for it', async () => {
    const objects = await render(
      'dev',
      tagsOf((name) => `commons/${name}:built`),
    );

    expect(imagesOf(objects, 'Deployment')).toEqual(
      Object.fromEntries(services.map((name) => [name, [`commons/${name}:built`]])),
    );
    expect(imagesOf(objects, 'Job')).toEqual({});
  });

  it('gives the profile prod images of a registry by their digests, and none of the databases', async () => {
    const image = (name: string): string => `registry.test/team/commons_${name}:1a2b3c@${digest}`;
    const objects = await render('prod', tagsOf(image));

    expect(imagesOf(objects, 'Deployment')).toEqual(Object.fromEntries(services.map((name) => [name, [image(name)]])));
    expect(imagesOf(objects, 'StatefulSet')).toEqual({});
  });

  it('lets the profile ci bring databases up to date by the same images', async () => {
    const objects = await render(
      'ci',
      tagsOf((name) => `commons/${name}:built`),
    );
    const jobs = Object.entries(imagesOf(objects, 'Job'));

    expect(jobs.length).toBeGreaterThan(0);
    expect(jobs).toEqual(jobs.map(([name]) => [name, [`commons/${name.replace(/-migrate$/, '')}:built`]]));
  });
});
