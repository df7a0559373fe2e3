import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { AnyService } from '@commons/platform';
import { aFolder } from './temp-folder.ts';
import { planInstances } from '../src/dapr/plan.ts';

const services = [{ name: 'post' }, { name: 'gateway', isEdge: true }] as AnyService[];
const edge = { host: '0.0.0.0', port: 8123 };
const portFileIn = async (): Promise<string> => join(await aFolder(), 'port');
const nothing = { only: [], replicas: new Map<string, number>(), inspect: [] };

it('gives every replica ports and secrets of its own, and the edge the address that was asked for', async () => {
  const options = { ...nothing, replicas: new Map([['post', 2]]), inspect: ['post'] };

  const instances = await planInstances({ services, options, edge, portFile: await portFileIn() });

  expect(instances.map(({ name, service, replica, host }) => [name, service, replica, host])).toEqual([
    ['post', 'post', 0, '127.0.0.1'],
    ['post-2', 'post', 1, '127.0.0.1'],
    ['gateway', 'gateway', 0, '0.0.0.0'],
  ]);
  expect(instances[2]?.appPort).toBe(8123);
  const ports = instances.flatMap(({ appPort, inspectPort, dapr }) => [appPort, inspectPort, ...Object.values(dapr)]);
  const given = ports.filter((port) => port !== undefined);
  expect(new Set(given).size).toBe(given.length);
  const secrets = instances.flatMap(({ appApiToken, daprApiToken }) => [appApiToken, daprApiToken]);
  expect(new Set(secrets).size).toBe(6);
});

it('leaves out what is not wanted', async () => {
  const instances = await planInstances({
    services,
    options: { ...nothing, only: ['post'] },
    edge,
    portFile: await portFileIn(),
  });

  expect(instances.map(({ name }) => name)).toEqual(['post']);
});

it('gives a folder the same ports each time, but for those that are in use', async () => {
  const plan = { services, options: nothing, edge, portFile: await portFileIn() };
  const [free] = await planInstances(plan);
  const [again] = await planInstances(plan);
  expect(again?.appPort).toBe(free?.appPort);
  const server = createServer().listen(free?.appPort, '127.0.0.1');
  await once(server, 'listening');

  const [instance] = await planInstances(plan);

  expect(instance?.appPort).not.toBe((server.address() as AddressInfo).port);
  server.close();
});
