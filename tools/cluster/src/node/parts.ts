import { join } from 'node:path';
import { addresses, nodeName } from './layout.ts';
import type { Layout } from './layout.ts';

/** A program of the node, as it is started within the node's namespaces. */
export type Part = { name: string; command: string; args: readonly string[] };

export type NodePrograms = Record<
  | ('etcd' | 'containerd')
  | ('kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kubelet' | 'kube-proxy'),
  string
>;

/** The parts of a node, in the order in which they are started. */
export function nodeParts(layout: Layout, programs: NodePrograms): Part[] {
  const { config, etcd, kubelet } = layout;
  const kubeconfig = (holder: string) => join(config, `${holder}.kubeconfig`);
  const part = (name: keyof NodePrograms, options: Options) => ({
    name,
    command: programs[name],
    args: flags(options),
  });
  return [
    part('etcd', { 'data-dir': etcd, 'log-level': 'warn', ...etcdAddresses }),
    part('containerd', { config: join(config, 'containerd.toml'), 'log-level': 'warn' }),
    part('kube-apiserver', apiServerOptions(layout)),
    part('kube-controller-manager', controllerOptions(layout, kubeconfig('controller-manager'))),
    part('kube-scheduler', { ...single, kubeconfig: kubeconfig('scheduler') }),
    part('kubelet', {
      config: join(config, 'kubelet.json'),
      kubeconfig: kubeconfig('kubelet'),
      'root-dir': kubelet,
      'cert-dir': join(kubelet, 'pki'),
      'hostname-override': nodeName,
      'node-ip': addresses.node,
    }),
    part('kube-proxy', { config: join(config, 'kube-proxy.json') }),
  ];
}

type Options = Readonly<Record<string, string>>;

const etcdUrl = 'http://127.0.0.1:2379';
const etcdPeerUrl = 'http://127.0.0.1:2380';
const etcdAddresses = {
  'listen-client-urls': etcdUrl,
  'advertise-client-urls': etcdUrl,
  'listen-peer-urls': etcdPeerUrl,
  'initial-advertise-peer-urls': etcdPeerUrl,
  'initial-cluster': `default=${etcdPeerUrl}`,
};

/** There is one of each: nobody to be elected against. */
const single = { 'leader-elect': 'false', 'bind-address': '127.0.0.1' };

function apiServerOptions({ certificates }: Layout): Options {
  const file = (name: string) => join(certificates, name);
  return {
    'etcd-servers': etcdUrl,
    'bind-address': addresses.node,
    'advertise-address': addresses.node,
    'secure-port': String(addresses.apiPort),
    'tls-cert-file': file('apiserver.crt'),
    'tls-private-key-file': file('apiserver.key'),
    'client-ca-file': file('authority.crt'),
    'kubelet-certificate-authority': file('authority.crt'),
    'kubelet-client-certificate': file('apiserver-to-kubelet.crt'),
    'kubelet-client-key': file('apiserver-to-kubelet.key'),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': file('service-accounts.key'),
    'service-account-signing-key-file': file('service-accounts.key'),
    'service-cluster-ip-range': addresses.services,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': 'true',
    // The node's name is known to Kubernetes alone.
    'kubelet-preferred-address-types': 'InternalIP',
    // They need a later etcd than Debian's.
    'feature-gates': 'WatchList=false,SizeBasedListCostEstimate=false',
  };
}

function controllerOptions({ certificates }: Layout, kubeconfig: string): Options {
  return {
    ...single,
    kubeconfig,
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': join(certificates, 'service-accounts.key'),
    'root-ca-file': join(certificates, 'authority.crt'),
    'cluster-signing-cert-file': join(certificates, 'authority.crt'),
    'cluster-signing-key-file': join(certificates, 'authority.key'),
  };
}

function flags(options: Options): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}
