import type { Connection } from 'mongoose';
import { z } from 'zod';
import { accepted, ok } from '../http/answers.ts';
import { Conflict } from '../http/errors.ts';
import { routeFor, type Route } from '../http/route.ts';
import type { Logger } from '../log/logger.ts';
import type { Rebuild } from './define-service.ts';

const runSchema = z.object({
  running: z.boolean(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  results: z.array(z.object({ name: z.string(), checked: z.int(), corrected: z.int() })),
  error: z.string().nullable(),
});
type Run = {
  _id: 'rebuild';
  running_until: Date | null;
  started_at: Date;
  finished_at: Date | null;
  results: { name: string; checked: number; corrected: number }[];
  error: string | null;
};

const LIMIT_MS = 60 * 60_000;

/** The admin's routes that have a service make its copies of others' data anew, and say how it went. */
export function rebuildRoutes<Context>(options: {
  service: string;
  db: Connection;
  rebuilds: readonly Rebuild<Context>[];
  log: Logger;
}): Route<Context>[] {
  const { service, db, rebuilds, log } = options;
  if (rebuilds.length === 0) return [];
  const route = routeFor<Context>();
  const path = `/api/admin/services/${service}/rebuild`;
  const runs = db.collection<Run>('rebuild_runs');

  async function begin(): Promise<void> {
    const fresh = {
      running_until: new Date(Date.now() + LIMIT_MS),
      started_at: new Date(),
      finished_at: null,
      results: [],
      error: null,
    };
    await runs.updateOne({ _id: 'rebuild' }, { $setOnInsert: { ...fresh, running_until: null } }, { upsert: true });
    const taken = await runs.updateOne(
      { _id: 'rebuild', $or: [{ running_until: null }, { running_until: { $lt: new Date() } }] },
      { $set: fresh },
    );
    if (taken.modifiedCount === 0) throw new Conflict('A rebuild is running.', 'rebuild_running');
  }

  async function runAll(ctx: Context): Promise<void> {
    let error: string | null = null;
    try {
      for (const { name, run } of rebuilds) {
        const result = { name, ...(await run(ctx)) };
        log.info(result, 'read model rebuilt');
        await runs.updateOne({ _id: 'rebuild' }, { $push: { results: result } });
      }
    } catch (cause) {
      log.error({ err: cause }, 'a rebuild failed');
      error = 'It failed; the log of the service says why.';
    }
    await runs.updateOne({ _id: 'rebuild' }, { $set: { running_until: null, finished_at: new Date(), error } });
  }

  return [
    route({
      method: 'POST',
      path,
      summary: `Makes the copies that ${service} keeps of others' data anew, while serving`,
      access: 'admin',
      answers: { 202: z.object({ rebuilds: z.array(z.string()) }) },
      errors: [409],
      handler: async ({ ctx }) => {
        await begin();
        void runAll(ctx).catch((error: unknown) => log.error({ err: error }, 'a rebuild failed'));
        return accepted({ rebuilds: rebuilds.map(({ name }) => name) });
      },
    }),
    route({
      method: 'GET',
      path,
      summary: 'How the latest rebuild went',
      access: 'admin',
      answers: { 200: runSchema },
      handler: async () => ok(present(await runs.findOne({ _id: 'rebuild' }))),
    }),
  ];
}

function present(run: Run | null): z.infer<typeof runSchema> {
  return {
    running: (run?.running_until ?? null) !== null,
    started_at: run?.started_at.toISOString() ?? null,
    finished_at: run?.finished_at?.toISOString() ?? null,
    results: run?.results ?? [],
    error: run?.error ?? null,
  };
}
