import { z } from 'zod';
import { defineEvent } from './define-event.ts';

/** For what has no event of its own: a refused login, an admin's read. */
export const auditRecorded = defineEvent('audit-events', 'AuditRecorded', {
  actor_id: z.string().nullable(),
  action: z.string(),
  target_type: z.string(),
  target_id: z.string().nullable(),
  ip: z.string().nullable(),
  outcome: z.enum(['success', 'refused', 'failed']),
});
