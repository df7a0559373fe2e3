import type { RealtimeContext } from '../context.ts';
import { CloseCode } from '../domain/frames.ts';

/** Closes all, and lets no more in: this replica is going away, another takes them. */
export function endAll({ connections }: Pick<RealtimeContext, 'connections'>): void {
  connections.shut();
  connections.all().forEach((connection) => connection.close(CloseCode.goingAway, 'going away'));
}
