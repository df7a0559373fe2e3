import type { Express } from 'express';
import { GatewayTimeout, HttpError, ServiceUnavailable } from './errors.ts';

/** Looks at one part: resolves where it works, throws where it does not. Of what it throws only an HttpError is shown: anyone may ask. */
export type HealthCheck = () => Promise<void> | void;

export type HealthOptions = {
  /** Parts by name, e.g. `database`, `sidecar`. */
  checks: Record<string, HealthCheck>;
  /** Whether the service takes requests: false while it starts and stops. */
  isOpen: () => boolean;
};

export type Readiness = { status: 'ready' | 'not_ready'; parts: Record<string, { ok: boolean; detail?: string }> };

const CHECK_LIMIT_MS = 2_000;

/**
 * `/healthz` says that the process lives, `/readyz` whether it can take requests: with the parts that it cannot do without.
 * State is none of them: a cache that is away only costs time.
 */
export function mountHealth(app: Express, options: HealthOptions): void {
  app.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  app.get('/readyz', async (_request, response) => {
    const readiness = await checkReadiness(options);
    response.status(readiness.status === 'ready' ? 200 : 503).json(readiness);
  });
}

/** Runs all checks at the same time, each with a limit of two seconds. */
export async function checkReadiness({ checks, isOpen }: HealthOptions): Promise<Readiness> {
  const named = { service: () => ensureOpen(isOpen), ...checks };
  const parts = await Promise.all(
    Object.entries(named).map(async ([name, check]) => [name, await look(check)] as const),
  );
  const isReady = parts.every(([, { ok }]) => ok);
  return { status: isReady ? 'ready' : 'not_ready', parts: Object.fromEntries(parts) };
}

function ensureOpen(isOpen: () => boolean): void {
  if (!isOpen()) throw new ServiceUnavailable('It is starting or stopping.');
}

async function look(check: HealthCheck): Promise<{ ok: boolean; detail?: string }> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new GatewayTimeout()), CHECK_LIMIT_MS);
    });
    await Promise.race([Promise.resolve().then(check), limit]);
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof HttpError ? error.message : 'It cannot be used at the moment.' };
  } finally {
    clearTimeout(timer);
  }
}
