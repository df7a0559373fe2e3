import type { Connection } from 'mongoose';
import { z } from 'zod';
import { accepted, ok } from '../http/answers.ts';
import { NotFound } from '../http/errors.ts';
import { pageHeaders, pageQuery } from '../http/pagination.ts';
import { routeFor, type Route } from '../http/route.ts';
import type { ReceivedEnvelope } from './envelope.ts';

/** An event that a service could not handle, kept until it is replayed. */
export type DeadLetter = { _id: string; topic: string; envelope: ReceivedEnvelope; received_at: Date };

const deadLettersOf = (db: Connection) => db.collection<DeadLetter>('dead_letters');

/** Keeps an event that came to the dead-letter topic. Twice is once. */
export async function keepDeadLetter(db: Connection, envelope: ReceivedEnvelope): Promise<void> {
  const letter = { topic: envelope.topic ?? '', envelope, received_at: new Date() };
  await deadLettersOf(db).updateOne({ _id: envelope.id }, { $setOnInsert: letter }, { upsert: true });
}

const letterSchema = z.object({
  id: z.string(),
  type: z.string(),
  topic: z.string(),
  source: z.string(),
  received_at: z.string(),
  data: z.unknown(),
});

/** The admin's routes to a service's dead letters. `handle` handles an event as if it had just arrived. */
export function deadLetterRoutes<Context>(options: {
  service: string;
  db: Connection;
  handle: (envelope: ReceivedEnvelope) => Promise<void>;
}): Route<Context>[] {
  const { service, db, handle } = options;
  const route = routeFor<Context>();
  const path = `/api/admin/services/${service}/dead-letters`;
  const letters = deadLettersOf(db);
  return [
    route({
      method: 'GET',
      path,
      summary: `Events that ${service} could not handle, latest first`,
      access: 'admin',
      query: z.object({ page: pageQuery.page, limit: pageQuery.limit }),
      answers: { 200: z.array(letterSchema) },
      handler: async ({ query: { page, limit }, url }) => {
        const found = await letters
          .find()
          .sort({ received_at: -1, _id: 1 })
          .skip((page - 1) * limit)
          .limit(limit)
          .toArray();
        const count = await letters.countDocuments();
        return ok(found.map(present), pageHeaders({ count, page, limit, url }));
      },
    }),
    route({
      method: 'POST',
      path: `${path}/:id/replay`,
      summary: 'Handles such an event again',
      access: 'admin',
      params: z.object({ id: z.string() }),
      answers: { 202: z.object({ id: z.string() }) },
      errors: [404],
      handler: async ({ params: { id } }) => {
        const letter = await letters.findOne({ _id: id });
        if (!letter) throw new NotFound('There is no such dead letter.', 'dead_letter_not_found');
        await handle(letter.envelope);
        await letters.deleteOne({ _id: id });
        return accepted({ id });
      },
    }),
  ];
}

function present({ _id, topic, envelope, received_at }: DeadLetter): z.infer<typeof letterSchema> {
  const { type, source, data } = envelope;
  return { id: _id, type, topic, source, received_at: received_at.toISOString(), data };
}
