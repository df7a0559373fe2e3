import { join } from 'node:path';

/** Addresses inside the node's own network, which no other network of the machine sees. */
export const addresses = {
  node: '10.205.0.1',
  pods: '10.205.128.0/17',
  services: '10.206.0.0/20',
  /** The services that have an address of their own choice: manifests/ names them too. */
  apiService: '10.206.0.1',
  dns: '10.206.0.10',
  ingress: '10.206.0.80',
  apiPort: 6443,
} as const;

export const nodeName = 'commons';

/** Where the kernel's control groups are. */
export const CONTROL_GROUPS = '/sys/fs/cgroup';
/** What containerd puts those of its pods below. */
export const CONTROL_GROUP = 'k8s.io';

/** Where everything of a node lies: in one folder, which goes with it. */
export type Layout = ReturnType<typeof layoutOf>;

/** The paths of a node's files. */
export function layoutOf(folder: string) {
  return {
    folder,
    /** Says that the folder is a node's, and may be removed with all that is in it. */
    marker: join(folder, 'commons-cluster'),
    kubeconfig: join(folder, 'kubeconfig'),
    certificates: join(folder, 'certificates'),
    config: join(folder, 'config'),
    logs: join(folder, 'logs'),
    /** What programs find in place of the machine's folders that they insist on. */
    overlays: join(folder, 'overlays'),
    bin: join(folder, 'bin'),
    etcd: join(folder, 'etcd'),
    kubelet: join(folder, 'kubelet'),
    containerd: join(folder, 'containerd'),
    volumes: join(folder, 'volumes'),
    containerdSocket: join(folder, 'containerd.sock'),
    apiSocket: join(folder, 'api.sock'),
    ingressSocket: join(folder, 'ingress.sock'),
    parts: join(folder, 'config', 'parts.json'),
    pidFile: join(folder, 'node.pid'),
  };
}
