import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A kubeconfig (JSON is YAML) for the holder of one of the certificates, which it contains. */
export async function kubeconfigFor(certificates: string, holder: string, server: string): Promise<string> {
  const [authority, certificate, key] = await Promise.all(
    ['authority.crt', `${holder}.crt`, `${holder}.key`].map((file) => readFile(join(certificates, file), 'base64')),
  );
  const name = 'commons';
  return json({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: holder, user: { 'client-certificate-data': certificate, 'client-key-data': key } }],
    contexts: [{ name, context: { cluster: name, user: holder } }],
    'current-context': name,
  });
}

/** As files are written that programs read. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
