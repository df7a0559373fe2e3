import type { MemberRole } from '@commons/contracts';

/** Somebody who works on a project: its owner, or whoever was accepted. */
export type Member = { id: string; projectId: string; userId: string; role: MemberRole; joinedAt: Date };
