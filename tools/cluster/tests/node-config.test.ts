import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { volumeObjects } from '../src/cluster/volumes.ts';
import { platformImages } from '../src/images/platform-images.ts';
import type { PodPrograms } from '../src/images/platform-images.ts';
import { addresses, layoutOf } from '../src/node/layout.ts';
import { configFiles } from '../src/node/node-config.ts';
import { nodeParts } from '../src/node/parts.ts';
import type { NodePrograms } from '../src/node/parts.ts';
import { packageFolder } from '../src/package-folder.ts';

const layout = layoutOf('/node');
const files = configFiles(layout, '/cni');
const parts = nodeParts(layout, {
  etcd: '/bin/etcd',
  containerd: '/bin/containerd',
  'kube-apiserver': '/bin/kube-apiserver',
  'kube-controller-manager': '/bin/kube-controller-manager',
  'kube-scheduler': '/bin/kube-scheduler',
  kubelet: '/bin/kubelet',
  'kube-proxy': '/bin/kube-proxy',
} satisfies NodePrograms);

describe('what a node is configured with', () => {
  it('starts the store, the container runtime and the API before those that speak to them', () => {
    expect(parts.map(({ name }) => name)).toEqual([
      'etcd',
      'containerd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kubelet',
      'kube-proxy',
    ]);
  });

  it('names no path outside of its folder but those of programs and of what is its own in its namespaces', () => {
    const text = [...Object.values(files), ...parts.flatMap(({ args }) => args)].join('\n');

    const paths = [...text.matchAll(/(?<=["= ])\/[^"/\s]+/g)].map(([path]) => path);

    expect([...new Set(paths)].sort()).toEqual(['/cni', '/node', '/run']);
  });

  it('listens on nothing but its own addresses', () => {
    const listening = parts.flatMap(({ args }) => args.filter((arg) => /^--(bind-address|listen-)/.test(arg)));

    expect(listening).toEqual([
      '--listen-client-urls=http://127.0.0.1:2379',
      '--listen-peer-urls=http://127.0.0.1:2380',
      `--bind-address=${addresses.node}`,
      '--bind-address=127.0.0.1',
      '--bind-address=127.0.0.1',
    ]);
  });

  it('lets the kubelet do with a machine without systemd, with swap and with old control groups', () => {
    expect(JSON.parse(files['kubelet.json'] ?? '')).toMatchObject({
      failSwapOn: false,
      cgroupDriver: 'cgroupfs',
      cgroupsPerQOS: false,
      enforceNodeAllocatable: [],
      clusterDNS: [addresses.dns],
    });
  });

  it('leaves the limits of connection tracking to the machine', () => {
    expect(JSON.parse(files['kube-proxy.json'] ?? '')).toMatchObject({
      mode: 'iptables',
      conntrack: { maxPerCore: 0, min: 0 },
    });
  });

  it('gives volumes inside of its folder, by a class that is taken by default', () => {
    const [storageClass, ...volumes] = volumeObjects('/node/volumes') as { spec: { local: { path: string } } }[];

    expect(storageClass).toMatchObject({
      kind: 'StorageClass',
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    });
    expect(volumes.map(({ spec }) => spec.local.path)).toEqual(
      Array.from({ length: 12 }, (_, index) => `/node/volumes/volume-${index}`),
    );
  });
});

describe('manifests', () => {
  it('use the addresses of the node, and the images that it is given', async () => {
    const given = platformImages(noPrograms).map(({ name }) => name);
    const texts = await Promise.all(
      ['coredns', 'traefik', 'node-ingress', 'echo'].map((name) =>
        readFile(join(packageFolder(), 'manifests', `${name}.yaml`), 'utf8'),
      ),
    );
    const used = texts.join('\n');

    expect([...used.matchAll(/clusterIP: (\S+)/g)].map(([, address]) => address)).toEqual([
      addresses.dns,
      addresses.ingress,
    ]);
    expect([...used.matchAll(/image: (\S+)/g)].filter(([, image]) => !given.includes(image ?? ''))).toEqual([]);
  });
});

const noPrograms = new Proxy({}, { get: () => '/program' }) as PodPrograms;
