import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeName } from '../node/layout.ts';
import type { Cluster } from './cluster.ts';

const count = 12;
const storageClass = 'local';

/** Kubernetes' objects for disks that are folders of the node: the class that is taken by default, and `count` volumes. */
export function volumeObjects(folder: string): object[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: storageClass, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    ...names().map((name) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: { storage: '10Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: storageClass,
        local: { path: join(folder, name) },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [nodeName] }] },
            ],
          },
        },
      },
    })),
  ];
}

/** Gives the cluster its volumes; one that a claim has left behind is emptied, and given anew. */
export async function makeVolumes({ kubectl }: Cluster, folder: string): Promise<void> {
  for (const name of await releasedVolumes(kubectl)) {
    await kubectl(['delete', 'persistentvolume', name]);
    await rm(join(folder, name), { recursive: true, force: true });
  }
  for (const name of names()) await mkdir(join(folder, name), { recursive: true });
  const items = volumeObjects(folder);
  await kubectl(['apply', '--server-side', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
}

async function releasedVolumes(kubectl: Cluster['kubectl']): Promise<string[]> {
  const answer = await kubectl(['get', 'persistentvolumes', '-o', 'json']);
  const { items } = JSON.parse(answer) as { items: { metadata: { name: string }; status: { phase: string } }[] };
  return items.filter(({ status }) => status.phase === 'Released').map(({ metadata }) => metadata.name);
}

function names(): string[] {
  return Array.from({ length: count }, (_, index) => `volume-${index}`);
}
