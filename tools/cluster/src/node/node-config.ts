import { join } from 'node:path';
import { json } from './kubeconfig.ts';
import { addresses, nodeName } from './layout.ts';
import type { Layout } from './layout.ts';

/** The image that holds a pod open. */
export const PAUSE_IMAGE = 'commons.local/pause:1';

/** The configuration files of a node, by the names that `parts.ts` gives to the programs. */
export function configFiles(layout: Layout, cniBin: string): Record<string, string> {
  return {
    'kubelet.json': json(kubeletConfig(layout)),
    'kube-proxy.json': json(kubeProxyConfig(layout)),
    'containerd.toml': containerdConfig(layout, cniBin),
    'cni/10-commons.conflist': json(network),
    'resolv.conf': `nameserver ${addresses.dns}\n`,
  };
}

function kubeletConfig({ certificates, containerdSocket, config, kubelet }: Layout) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: addresses.node,
    authentication: { x509: { clientCAFile: join(certificates, 'authority.crt') }, anonymous: { enabled: false } },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(certificates, 'kubelet.crt'),
    tlsPrivateKeyFile: join(certificates, 'kubelet.key'),
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    podLogsDir: join(kubelet, 'pod-logs'),
    volumePluginDir: join(kubelet, 'volume-plugins'),
    clusterDNS: [addresses.dns],
    clusterDomain: 'cluster.local',
    resolvConf: join(config, 'resolv.conf'),
    failSwapOn: false,
    oomScoreAdj: 0,
    // A machine with control groups of version 1, or without systemd, will do.
    cgroupDriver: 'cgroupfs',
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    // What waits for something else by ending is not to wait for minutes after that is there.
    featureGates: { KubeletCrashLoopBackOffMax: true },
    crashLoopBackOff: { maxContainerRestartPeriod: '10s' },
    // Images come from nowhere but `up`, and the disk is the machine's: nothing is collected, nobody evicted.
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'nodefs.available': '0%', 'imagefs.available': '0%', 'nodefs.inodesFree': '0%' },
  };
}

function kubeProxyConfig({ config }: Layout) {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    clusterCIDR: addresses.pods,
    hostnameOverride: nodeName,
    oomScoreAdj: 0,
    clientConnection: { kubeconfig: join(config, 'kube-proxy.kubeconfig') },
    // Limits of connection tracking are the whole machine's: they stay as they are.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}

/** A cable for each pod, and routes between them: a bridge would need the kernel to filter it. */
const network = {
  cniVersion: '1.0.0',
  name: 'commons',
  plugins: [
    {
      type: 'ptp',
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: addresses.pods }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

function containerdConfig({ containerd, containerdSocket, config }: Layout, cniBin: string): string {
  const cri = (rest = '') => `[plugins."io.containerd.grpc.v1.cri"${rest}]`;
  return `version = 2
root = ${quoted(containerd)}
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]

[grpc]
  address = ${quoted(containerdSocket)}

${cri()}
  sandbox_image = ${quoted(PAUSE_IMAGE)}
  restrict_oom_score_adj = true
  disable_apparmor = true
  enable_unprivileged_ports = true

${cri('.cni')}
  bin_dir = ${quoted(cniBin)}
  conf_dir = ${quoted(join(config, 'cni'))}

${cri('.containerd')}
  snapshotter = "overlayfs"
  default_runtime_name = "runc"

${cri('.containerd.runtimes.runc')}
  runtime_type = "io.containerd.runc.v2"
`;
}

/** Strings of TOML are written like those of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
