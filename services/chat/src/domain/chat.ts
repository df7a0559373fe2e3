import type { ChatType, ParticipantRole } from '@commons/contracts';

/** How many a group may have. */
export const MAX_PARTICIPANTS = 500;
export const MAX_TITLE_LENGTH = 255;

export type Participant = { userId: string; role: ParticipantRole; joinedAt: Date };

/** The two of a direct chat, in the order of their ids. */
export type Pair = { lowId: string; highId: string };

export type Chat = {
  id: string;
  type: ChatType;
  title: string | null;
  projectId: string | null;
  /** Of a direct chat; null also there once one of the two has no account any more. */
  pair: Pair | null;
  /** Those who take part, the longest-standing first. */
  participants: Participant[];
  /** Who has put a direct chat away: the next message, or opening it again, brings them back. */
  away: Participant[];
  /** Order of the changes to who takes part. */
  participantsRevision: number;
  /** The `seq` of the latest message; 0 where there is none. */
  lastSeq: number;
  createdAt: Date;
  updatedAt: Date;
};

export const pairOf = (oneId: string, otherId: string): Pair =>
  oneId < otherId ? { lowId: oneId, highId: otherId } : { lowId: otherId, highId: oneId };

/** The other one of a direct chat; undefined in other chats, and where their account has gone. */
export function partnerOf({ pair }: Pick<Chat, 'pair'>, userId: string): string | undefined {
  if (!pair) return undefined;
  return pair.lowId === userId ? pair.highId : pair.lowId;
}

export const participantIn = ({ participants }: Pick<Chat, 'participants'>, userId: string): Participant | undefined =>
  participants.find((participant) => participant.userId === userId);

export const recipientsOf = ({ participants }: Pick<Chat, 'participants'>): string[] =>
  participants.map(({ userId }) => userId);

/**
 * Those who stay when somebody goes. A group is never without an admin: when the last one goes, whoever has been there for
 * longest becomes one.
 */
export function withoutParticipant({ type, participants }: Pick<Chat, 'type' | 'participants'>, userId: string) {
  const staying = participants.filter((participant) => participant.userId !== userId);
  const [first, ...others] = staying;
  if (type !== 'group' || !first || staying.some(({ role }) => role === 'admin')) return staying;
  return [{ ...first, role: 'admin' as const }, ...others];
}
