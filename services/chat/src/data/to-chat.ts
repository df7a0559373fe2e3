import type { Chat, Participant } from '../domain/chat.ts';
import type { ChatDocument, ParticipantEntry } from './chat-model.ts';

/** A stored chat as the rest of the service knows it. */
export const toChat = (stored: ChatDocument): Chat => ({
  id: stored._id.toHexString(),
  type: stored.type,
  title: stored.title,
  projectId: stored.project_id?.toHexString() ?? null,
  pair: stored.pair ? { lowId: stored.pair.low.toHexString(), highId: stored.pair.high.toHexString() } : null,
  participants: stored.participants.map(toParticipant),
  away: stored.away.map(toParticipant),
  participantsRevision: stored.participants_revision,
  lastSeq: stored.last_seq,
  createdAt: stored.created_at,
  updatedAt: stored.updated_at,
});

const toParticipant = ({ user_id, role, joined_at }: ParticipantEntry): Participant => ({
  userId: user_id.toHexString(),
  role,
  joinedAt: joined_at,
});
