import { eventually } from './eventually.ts';
import type { Received, TestApp } from './test-app.ts';

/** Waits until an app has got so many requests on a path, and gives them. */
export function deliveries(app: TestApp, path: string, count = 1): Promise<Received[]> {
  return eventually(() => {
    const received = app.at(path);
    if (received.length < count) throw new Error(`${path} got ${received.length} of ${count} deliveries`);
    return received;
  });
}

/** The first event that was delivered on a path, as JSON. */
export async function deliveredEvent(app: TestApp, path: string): Promise<Record<string, unknown>> {
  const [first] = await deliveries(app, path);
  return eventOf(first);
}

/** A delivered body as JSON. */
export function eventOf(request: Received | undefined): Record<string, unknown> {
  return JSON.parse(request?.body.toString() ?? 'null') as Record<string, unknown>;
}
