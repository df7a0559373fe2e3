import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeWhole } from '../data-folder/write-whole.ts';

/** What the authority calls all that it certifies. */
export const trustDomain = 'localhost';

/** What stands in the authority's folder. */
export function sentryFiles(dataDir: string) {
  const folder = resolve(dataDir);
  const keys = join(folder, 'keys');
  return {
    folder,
    keys,
    /** What sidecars are to believe. */
    trustAnchors: join(keys, 'ca.crt'),
    issuer: join(keys, 'issuer.crt'),
    configuration: join(folder, 'sentry.yaml'),
    port: join(folder, 'port'),
    healthPort: join(folder, 'health-port'),
    pid: join(folder, 'sentry.pid'),
    log: join(folder, 'sentry.log'),
  };
}

export type SentryFiles = ReturnType<typeof sentryFiles>;

/**
 * Makes the authority's folder. Its keys stay; those that expire soon or are cut off go.
 * @returns whether there are keys
 */
export async function openSentryFolder(files: SentryFiles, now = new Date()): Promise<boolean> {
  await mkdir(files.keys, { recursive: true, mode: 0o700 });
  await writeWhole(files.configuration, configuration);
  const areValid = await Promise.all([files.trustAnchors, files.issuer].map((file) => isValid(file, now)));
  if (!areValid.includes(false)) return true;
  await rm(files.keys, { recursive: true });
  await mkdir(files.keys, { mode: 0o700 });
  return false;
}

/** Certificates of sidecars are good for a day, so those above them must be at least that long. */
const shortestLifeMs = 2 * 24 * 3_600_000;

async function isValid(file: string, now: Date): Promise<boolean> {
  try {
    const { validTo } = new X509Certificate(await readFile(file));
    return Date.parse(validTo) - now.getTime() > shortestLifeMs;
  } catch {
    return false;
  }
}

const configuration = `apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: sentry
spec:
  mtls:
    enabled: true
    controlPlaneTrustDomain: ${trustDomain}
`;
