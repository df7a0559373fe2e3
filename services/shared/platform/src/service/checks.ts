import type { Connection } from 'mongoose';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { HealthCheck } from '../http/health.ts';

/** Whether the database answers. */
export function databaseCheck(db: Connection): HealthCheck {
  return async () => {
    await db.db?.command({ ping: 1 });
  };
}

/** Whether the sidecar, and what stands behind it, can be used. */
export function sidecarCheck({ DAPR_HOST, DAPR_HTTP_PORT }: PlatformConfig): HealthCheck {
  return async () => {
    const response = await fetch(`http://${DAPR_HOST}:${DAPR_HTTP_PORT}/v1.0/healthz/outbound`, {
      signal: AbortSignal.timeout(1_500),
    });
    if (!response.ok) throw new Error(`the sidecar answers ${response.status}`);
  };
}
