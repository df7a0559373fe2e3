import { describe, expect, it } from '@jest/globals';
import { userDeleted } from '@commons/contracts';
import { z } from 'zod';
import { defineService, noContent, ok, routeFor, subscribeFor, type BaseContext } from '../src/index.ts';
import { anId, buildService, until } from '../src/testing/index.ts';

it('stops once the requests in hand are answered, although their connections could live on', async () => {
  const arrived = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const waiting = routeFor<BaseContext>()({
    method: 'GET',
    path: '/api/waiting',
    summary: 'Answers when it is told to.',
    access: 'public',
    answers: { 200: z.object({ waited: z.boolean() }) },
    async handler() {
      arrived.resolve(undefined);
      await released.promise;
      return ok({ waited: true });
    },
  });
  const service = await buildService(
    defineService({
      name: 'waiter',
      config: z.object({}),
      createContext: (base: BaseContext): BaseContext => base,
      database: false,
      routes: [waiting],
    }),
    { environment: { SHUTDOWN_LIMIT_MS: '600000' } },
  );
  const asked = fetch(`http://127.0.0.1:${service.port}/api/waiting`);
  await arrived.promise;

  const stopped = service.stop();
  released.resolve(undefined);
  const answer = await asked;

  expect(await answer.json()).toEqual({ waited: true });
  await stopped;
});

describe('a service that stops', () => {
  it('answers what is in hand, requests and events, and ends its connections with that', async () => {
    const handled = Promise.withResolvers<undefined>();
    const began: string[] = [];
    const heard: string[] = [];
    const slow = subscribeFor<BaseContext>()(userDeleted, async ({ data }) => {
      began.push(data.user_id);
      await handled.promise;
      heard.push(data.user_id);
    });
    const waiting = routeFor<BaseContext>()({
      method: 'GET',
      path: '/api/waiting',
      summary: 'Answers when it is told to.',
      access: 'public',
      answers: { 204: null },
      async handler() {
        began.push('request');
        await handled.promise;
        return noContent();
      },
    });
    const service = await buildService(
      defineService({
        name: 'busy',
        config: z.object({}),
        createContext: (base: BaseContext): BaseContext => base,
        routes: [waiting],
        subscriptions: [slow],
      }),
      { environment: { SHUTDOWN_LIMIT_MS: '20000' } },
    );
    const userId = anId();
    const asked = fetch(`http://127.0.0.1:${service.port}/api/waiting`);
    const delivered = service.deliver(userDeleted, { user_id: userId });
    await until(() => began.length === 2);

    const stopped = service.stop();
    handled.resolve(undefined);
    const answer = await asked;
    await Promise.all([stopped, delivered.catch(() => undefined)]);

    expect([answer.status, answer.headers.get('connection')]).toEqual([204, 'close']);
    expect(heard).toEqual([userId]);
  });

  it('leaves behind what hangs, in time', async () => {
    const service = await buildService(
      defineService({
        name: 'stuck',
        config: z.object({}),
        createContext: (base: BaseContext): BaseContext => base,
        database: false,
        drain: () => new Promise<void>(() => undefined),
        stop: () => Promise.reject(new Error('no')),
      }),
      { environment: { SHUTDOWN_LIMIT_MS: '300' } },
    );
    const startedAt = performance.now();

    await service.stop();

    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});

it('serves on after it was told to end, for as long as others may go on sending to it', async () => {
  const drained: string[] = [];
  const greeting = routeFor<BaseContext>()({
    method: 'GET',
    path: '/api/greeting',
    summary: 'Answers.',
    access: 'public',
    answers: { 204: null },
    handler: async () => noContent(),
  });
  const service = await buildService(
    defineService({
      name: 'leaver',
      config: z.object({}),
      createContext: (base: BaseContext): BaseContext => base,
      database: false,
      routes: [greeting],
      drain: () => void drained.push('connections'),
    }),
    { environment: { SHUTDOWN_LEAVE_MS: '500' } },
  );
  const ask = () => fetch(`http://127.0.0.1:${service.port}/api/greeting`).then(({ status }) => status);

  const stopped = service.stop();
  await until(() => drained.length === 1);
  const whileLeaving = [await ask(), await ask()];
  await stopped;

  expect(whileLeaving).toEqual([204, 204]);
  await expect(ask()).rejects.toThrow();
});
