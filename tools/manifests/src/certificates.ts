import 'reflect-metadata';
import { KeyUsageFlags, KeyUsagesExtension, BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';

export type Authority = {
  /** What everybody is to believe, in PEM. */
  anchor: string;
  /** What signs, in PEM, with its key: made by `anchor`, whose own key is kept by nobody. */
  issuer: string;
  issuerKey: string;
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEARS = 10;

/** Makes the certificates that Dapr's sentry signs those of sidecars with. */
export async function makeAuthority(now = new Date()): Promise<Authority> {
  const [rootKeys, issuerKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const notAfter = new Date(now);
  notAfter.setFullYear(now.getFullYear() + YEARS);
  const common = { notBefore: new Date(now.getTime() - 60_000), notAfter, signingAlgorithm: ALGORITHM };
  const usage = new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true);
  const root = await X509CertificateGenerator.createSelfSigned({
    ...common,
    name: 'CN=commons root',
    keys: rootKeys,
    extensions: [new BasicConstraintsExtension(true, 1, true), usage],
  });
  const issuer = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=commons issuer',
    issuer: root.subject,
    publicKey: issuerKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [new BasicConstraintsExtension(true, 0, true), usage],
  });
  return { anchor: pem(root), issuer: pem(issuer), issuerKey: await keyPem(issuerKeys.privateKey) };
}

function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function pem(certificate: { toString(format: 'pem'): string }): string {
  return `${certificate.toString('pem').trim()}\n`;
}

async function keyPem(key: CryptoKey): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/.{64}/g, '$&\n').trim()}\n-----END PRIVATE KEY-----\n`;
}
