import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from '../src/node/certificates.ts';
import { kubeconfigFor } from '../src/node/kubeconfig.ts';

describe('the certificates of a node', () => {
  let folder: string;
  const certificate = async (name: string) => new X509Certificate(await readFile(join(folder, `${name}.crt`)));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificates-'));
    await makeCertificates(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are all signed by its own authority', async () => {
    const authority = await certificate('authority');
    const names = ['apiserver', 'apiserver-to-kubelet', 'admin', 'controller-manager', 'scheduler', 'kubelet'];

    const signed = await Promise.all(names.map(async (name) => (await certificate(name)).verify(authority.publicKey)));

    expect(signed).toEqual(names.map(() => true));
  });

  it('name whom Kubernetes gives the rights of each', async () => {
    const subjects = await Promise.all(
      ['admin', 'kubelet', 'scheduler'].map(async (name) => (await certificate(name)).subject),
    );

    expect(subjects).toEqual([
      'O=system:masters\nCN=admin',
      'O=system:nodes\nCN=system:node:commons',
      'CN=system:kube-scheduler',
    ]);
  });

  it('let the API be spoken to by its names inside and by the loopback', async () => {
    const api = await certificate('apiserver');

    expect(['kubernetes.default.svc', 'localhost'].map((host) => api.checkHost(host))).toEqual([
      'kubernetes.default.svc',
      'localhost',
    ]);
    expect(['127.0.0.1', '10.205.0.1', '10.206.0.1'].map((address) => api.checkIP(address))).toEqual([
      '127.0.0.1',
      '10.205.0.1',
      '10.206.0.1',
    ]);
  });

  it('stay when they are asked for again', async () => {
    const before = (await certificate('admin')).fingerprint256;

    await makeCertificates(folder);

    expect((await certificate('admin')).fingerprint256).toBe(before);
  });

  it('go whole into a kubeconfig', async () => {
    const config = JSON.parse(await kubeconfigFor(folder, 'admin', 'https://127.0.0.1:26443'));

    expect(config.clusters[0].cluster).toEqual({
      server: 'https://127.0.0.1:26443',
      'certificate-authority-data': await readFile(join(folder, 'authority.crt'), 'base64'),
    });
    expect(config.users[0].user).toEqual({
      'client-certificate-data': await readFile(join(folder, 'admin.crt'), 'base64'),
      'client-key-data': await readFile(join(folder, 'admin.key'), 'base64'),
    });
  });
});
