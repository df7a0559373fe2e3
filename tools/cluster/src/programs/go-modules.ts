/** Programs that one Go module of `modules/` builds together. */
export type GoModule = {
  /** The folder in `modules/`, and in the cache with the version behind it. */
  name: string;
  version: string;
  /** What is built, by the name of the program. */
  packages: Readonly<Record<string, string>>;
  tags?: string;
  /** Variables that the linker sets: how these programs are told their version. */
  variables?: Readonly<Record<string, string>>;
};

const kubernetesVersion = 'k8s.io/component-base/version';

/** Kubernetes itself. Not a later one: 1.35 refuses a machine with control groups of version 1. */
export const kubernetes = {
  name: 'kubernetes',
  version: '1.34.2',
  packages: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubelet: 'k8s.io/kubernetes/cmd/kubelet',
  },
  variables: {
    [`${kubernetesVersion}.gitVersion`]: 'v1.34.2',
    [`${kubernetesVersion}.gitMajor`]: '1',
    [`${kubernetesVersion}.gitMinor`]: '34',
    [`${kubernetesVersion}.gitTreeState`]: 'clean',
    [`${kubernetesVersion}.gitCommit`]: 'v1.34.2',
  },
} as const satisfies GoModule;

export const coredns = {
  name: 'coredns',
  version: '1.13.1',
  packages: { coredns: 'github.com/coredns/coredns' },
  variables: { 'github.com/coredns/coredns/coremain.GitCommit': 'v1.13.1' },
} as const satisfies GoModule;

/** The sidecar and the control plane, but for the scheduler, which no service of ours asks for. */
export const dapr = {
  name: 'dapr',
  version: '1.18.0',
  packages: {
    daprd: 'github.com/dapr/dapr/cmd/daprd',
    injector: 'github.com/dapr/dapr/cmd/injector',
    operator: 'github.com/dapr/dapr/cmd/operator',
    placement: 'github.com/dapr/dapr/cmd/placement',
    sentry: 'github.com/dapr/dapr/cmd/sentry',
  },
  tags: 'stablecomponents',
  variables: {
    'github.com/dapr/dapr/pkg/buildinfo.version': '1.18.0',
    'github.com/dapr/kit/logger.DaprVersion': '1.18.0',
  },
} as const satisfies GoModule;

export const traefik = {
  name: 'traefik',
  version: '3.6.12',
  packages: { traefik: 'github.com/traefik/traefik/v3/cmd/traefik' },
  variables: { 'github.com/traefik/traefik/v3/pkg/version.Version': '3.6.12' },
} as const satisfies GoModule;

/** What makes a backup of MongoDB, and brings it back. It has no versions but those of its commits. */
export const mongoTools = {
  name: 'mongotools',
  version: '20240723193119',
  packages: {
    mongodump: 'github.com/mongodb/mongo-tools/mongodump/main',
    mongorestore: 'github.com/mongodb/mongo-tools/mongorestore/main',
  },
} as const satisfies GoModule;

/** Ours: what holds a pod open, and an app to try a cluster with. */
export const pods = {
  name: 'pods',
  version: '1',
  packages: { pause: './pause', echo: './echo' },
} as const satisfies GoModule;
