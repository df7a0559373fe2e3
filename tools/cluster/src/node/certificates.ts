import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';
import { addresses, nodeName } from './layout.ts';

type Certificate = {
  name: string;
  /** User name, and the group that Kubernetes gives rights by. */
  user: string;
  group?: string;
  hosts?: readonly string[];
};

const days = '3650';

const certificates: readonly Certificate[] = [
  {
    name: 'apiserver',
    user: 'kube-apiserver',
    hosts: [
      ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'],
      ...['localhost', '127.0.0.1', addresses.node, addresses.apiService],
    ],
  },
  { name: 'apiserver-to-kubelet', user: 'kube-apiserver', group: 'system:masters' },
  { name: 'admin', user: 'admin', group: 'system:masters' },
  { name: 'controller-manager', user: 'system:kube-controller-manager' },
  { name: 'scheduler', user: 'system:kube-scheduler' },
  { name: 'kube-proxy', user: 'system:kube-proxy' },
  {
    name: 'kubelet',
    user: `system:node:${nodeName}`,
    group: 'system:nodes',
    hosts: [nodeName, '127.0.0.1', addresses.node],
  },
];

/**
 * Makes an authority and a certificate for each part of the node, and the key that signs tokens of service accounts, into
 * `folder`, unless they are there.
 */
export async function makeCertificates(folder: string): Promise<void> {
  const done = join(folder, 'made');
  if (await exists(done)) return;
  await makeAuthority(folder);
  for (const certificate of certificates) await makeCertificate(folder, certificate);
  await openssl(['genrsa', '-out', join(folder, 'service-accounts.key'), '2048']);
  await rm(join(folder, 'extensions'), { force: true });
  await writeFile(done, '');
}

async function makeAuthority(folder: string): Promise<void> {
  await openssl([
    ...['req', '-x509', '-nodes', '-days', days, ...newKey, '-subj', '/CN=commons-cluster'],
    ...['-addext', 'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign'],
    ...['-keyout', join(folder, 'authority.key'), '-out', join(folder, 'authority.crt')],
  ]);
}

async function makeCertificate(folder: string, { name, user, group, hosts = [] }: Certificate): Promise<void> {
  const request = join(folder, `${name}.csr`);
  const extensions = join(folder, 'extensions');
  const subject = `${group === undefined ? '' : `/O=${group}`}/CN=${user}`;
  await writeFile(extensions, extensionsFor(hosts));
  await openssl([
    'req',
    '-nodes',
    ...newKey,
    '-subj',
    subject,
    '-keyout',
    join(folder, `${name}.key`),
    '-out',
    request,
  ]);
  await openssl([
    ...['x509', '-req', '-in', request, '-out', join(folder, `${name}.crt`), '-days', days, '-extfile', extensions],
    ...['-CA', join(folder, 'authority.crt'), '-CAkey', join(folder, 'authority.key'), '-CAcreateserial'],
  ]);
  await rm(request);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

function extensionsFor(hosts: readonly string[]): string {
  const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`));
  return [
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=clientAuth,serverAuth',
    ...(names.length > 0 ? [`subjectAltName=${names.join(',')}`] : []),
  ].join('\n');
}

async function openssl(args: string[]): Promise<void> {
  await run('openssl', args);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
