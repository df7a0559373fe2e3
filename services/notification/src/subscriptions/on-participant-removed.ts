import { participantRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { noteSeat } from '../use-cases/note-seat.ts';

export const onParticipantRemoved = subscribe(
  participantRemoved,
  ({ ctx, data: { chat_id, user_id, revision }, tx }) =>
    noteSeat(ctx, { chatId: chat_id, userId: user_id, isIn: false, revision }, tx),
  { inTurn: ({ chat_id, user_id }) => [chat_id, `actor:${user_id}`] },
);
