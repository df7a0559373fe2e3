import type { Dapr, Logger } from '@commons/platform';
import { z } from 'zod';
import type { ServiceDescription } from '../domain/merge-open-api.ts';
import { APPS } from '../domain/route-table.ts';

/** What the services say of their routes. */
export type OpenApiSource = { read(): Promise<ServiceDescription[]> };

const FRESH_MS = 10_000;

const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) });

/** Asks each service at most every ten seconds; of one that is away, what it said last goes on to be shown. */
export function createOpenApiSource({ dapr, log }: { dapr: Pick<Dapr, 'get'>; log: Logger }): OpenApiSource {
  const known = new Map<string, ServiceDescription>();
  let askedAt = -Infinity;
  let pending: Promise<void> | undefined;

  async function ask(app: string): Promise<boolean> {
    try {
      const { paths } = description.parse(await dapr.get(app, 'internal/openapi'));
      known.set(app, { app, paths });
      return true;
    } catch (error) {
      log.warn({ err: error, app }, 'a service does not say what its routes are');
      return false;
    }
  }

  async function refresh(): Promise<void> {
    const answered = await Promise.all(APPS.map(ask));
    askedAt = answered.every(Boolean) ? performance.now() : -Infinity;
    pending = undefined;
  }

  return {
    async read() {
      if (performance.now() - askedAt > FRESH_MS) await (pending ??= refresh());
      return APPS.flatMap((app) => known.get(app) ?? []);
    },
  };
}
