import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineService, ok, routeFor, type BaseContext } from '../src/index.ts';
import { buildService } from '../src/testing/index.ts';

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
