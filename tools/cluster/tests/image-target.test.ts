import { describe, expect, it } from '@jest/globals';
import { kindImages, registryImages } from '../src/images/image-target.ts';
import { imagesOf } from '../src/up.ts';

const existing = { kind: 'existing', address: { kubeconfig: '/etc/kubeconfig' }, title: 'staging' } as const;

describe('getting images to a cluster', () => {
  it("loads them into kind's nodes", async () => {
    const commands: string[][] = [];
    const images = kindImages(
      'local',
      async (program, args) => {
        commands.push([program, ...args]);
        return '';
      },
      (names, use) => use(`/archive/of/${names.length}`),
    );

    await images.give(['localhost/commons/post:0123456789ab', 'localhost/commons/like:0123456789ab']);

    expect(commands).toEqual([['kind', 'load', 'image-archive', '/archive/of/2', '--name', 'local']]);
  });

  it('pushes them to a registry, under the name by which the cluster pulls them', async () => {
    const commands: string[][] = [];
    const images = registryImages('registry.example.com/team', async (program, args) => {
      commands.push([program, ...args]);
      return '';
    });

    await images.give(['registry.example.com/team/commons/post:0123456789ab']);

    expect(commands).toEqual([
      [
        ...['buildah', 'push', '--quiet', 'registry.example.com/team/commons/post:0123456789ab'],
        'docker://registry.example.com/team/commons/post:0123456789ab',
      ],
    ]);
  });

  it('takes a registry that is named before all else, and then kind', () => {
    const registry = imagesOf(
      { ...existing, kindCluster: 'local' },
      { COMMONS_IMAGE_REGISTRY: 'registry.example.com' },
    );
    const kind = imagesOf({ ...existing, kindCluster: 'local' }, {});

    expect([registry.registry, kind.registry]).toEqual(['registry.example.com', 'localhost']);
  });

  it('says what is missing where it has no way to the cluster', () => {
    expect(() => imagesOf(existing, {})).toThrow('Say in COMMONS_IMAGE_REGISTRY');
  });
});
