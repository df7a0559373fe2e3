import { defineEvent } from '@commons/contracts';
import { defineService, noContent, ok, routeFor, subscribeFor } from '@commons/platform';
import type { AnyService, BaseContext } from '@commons/platform';
import { z } from 'zod';

const rang = defineEvent('bell-events', 'BellRang', { times: z.number() });
const route = routeFor<BaseContext>();
const subscribe = subscribeFor<BaseContext>();

/** Nobody signs in here, so there is no one to ask for keys. */
const tokenSource = () => ({
  keys: () => Promise.resolve([]),
  revocations: () => Promise.resolve({ revocations: [], as_of: new Date().toISOString() }),
});

/** Rings when it is asked to, and tells of it. */
const bell = defineService({
  name: 'bell',
  config: z.object({ BELL_SOUND: z.enum(['ding', 'dong']).default('ding') }),
  createContext: (base: BaseContext): BaseContext => base,
  tokenSource,
  routes: [
    route({
      method: 'POST',
      path: '/ring',
      summary: 'Rings.',
      access: 'public',
      answers: { 204: null },
      async handler({ ctx }) {
        await ctx.transaction(async (tx) => {
          await ctx.db.collection('rings').insertOne({}, { session: tx.session });
          tx.emit(rang, 'bell', { times: 1 });
        });
        return noContent();
      },
    }),
  ],
});

/** Counts what it hears. */
const ear = defineService({
  name: 'ear',
  config: z.object({}),
  createContext: (base: BaseContext): BaseContext => base,
  tokenSource,
  subscriptions: [
    subscribe(rang, async ({ ctx, data, tx }) => {
      await ctx.db.collection('heard').insertOne({ times: data.times }, { session: tx.session });
    }),
  ],
});

/** What faces outside. It asks the bell through its sidecar. */
const edge = defineService({
  name: 'edge',
  config: z.object({}),
  createContext: (base: BaseContext): BaseContext => base,
  database: false,
  isEdge: true,
  routes: [
    route({
      method: 'GET',
      path: '/bell',
      summary: 'Whether the bell is ready, as its sidecar says.',
      access: 'public',
      answers: { 200: z.unknown() },
      handler: async ({ ctx }) => ok(await ctx.dapr.get('bell', 'readyz')),
    }),
  ],
});

export const toyServices = [bell, ear, edge] as unknown as readonly AnyService[];
