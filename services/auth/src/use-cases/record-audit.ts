import { auditRecorded, type EventData } from '@commons/contracts';
import { currentRequest } from '@commons/platform';
import type { AuthContext } from '../context.ts';

export type AuditEntry = Omit<EventData<typeof auditRecorded>, 'ip' | 'actor_id'>;

/** Tells the audit of what changes nothing and so has no event of its own. */
export async function recordAudit({ transaction }: Pick<AuthContext, 'transaction'>, entry: AuditEntry): Promise<void> {
  const { actorId = null, ip = null } = currentRequest() ?? {};
  await transaction(async (tx) =>
    tx.emit(auditRecorded, entry.target_id ?? entry.target_type, { ...entry, actor_id: actorId, ip }),
  );
}
