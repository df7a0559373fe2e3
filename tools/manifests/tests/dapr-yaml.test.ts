import { access } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readServiceNames } from '../src/read-files.ts';
import { readYaml, root } from './repository.ts';

const port = z.number().int().min(1024).max(65_535);

// https://docs.dapr.io/developing-applications/local-development/multi-app-dapr-run/multi-app-template/#template-properties
const shared = {
  appProtocol: z.enum(['http', 'https', 'grpc', 'grpcs', 'h2c']),
  apiListenAddresses: z.string(),
  resourcesPaths: z.array(z.string()),
  configFilePath: z.string(),
  enableAppHealthCheck: z.boolean(),
  appHealthCheckPath: z.string().startsWith('/'),
  appHealthProbeInterval: z.number(),
  appHealthProbeTimeout: z.number(),
  appHealthThreshold: z.number(),
  maxBodySize: z.string(),
  readBufferSize: z.string(),
  env: z.record(z.string(), z.string()),
};

const template = z.strictObject({
  version: z.literal(1),
  common: z.strictObject(shared).partial(),
  apps: z.array(
    z
      .strictObject({
        ...shared,
        appID: z.string(),
        appDirPath: z.string(),
        appPort: port,
        daprHTTPPort: port,
        daprGRPCPort: port,
        metricsPort: port,
        command: z.array(z.string()),
      })
      .partial()
      .required({ appID: true, appDirPath: true, command: true }),
  ),
});

const { common, apps } = template.parse(await readYaml('dapr.yaml'));

describe('dapr.yaml', () => {
  it('runs every service', async () => {
    expect(apps.map(({ appID }) => appID)).toEqual(await readServiceNames(root));
  });

  it('gives every port to one alone', () => {
    const ports = apps.flatMap((app) => [app.appPort, app.daprHTTPPort, app.daprGRPCPort, app.metricsPort]);
    expect(ports).not.toContain(undefined);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('tells the gateway where realtime listens', () => {
    const realtime = apps.find(({ appID }) => appID === 'realtime');
    expect(common.env?.['REALTIME_URL']).toBe(`http://127.0.0.1:${realtime?.appPort}`);
  });

  it('names files that are there', async () => {
    const files = apps.flatMap(({ configFilePath = '', command }) => [configFilePath, command.at(-1) ?? '']);
    await expect(Promise.all(files.map((file) => access(new URL(file, root))))).resolves.toHaveLength(files.length);
  });
});
