import type { MessageMedia } from '@commons/contracts';

export const MAX_CONTENT_LENGTH = 4_000;
export const MAX_MEDIA = 10;
/** For how long a message may be edited. */
const EDITABLE_MS = 24 * 60 * 60_000;

export type Message = {
  id: string;
  chatId: string;
  /** Grows by one with each message of its chat, without a gap. */
  seq: number;
  /** Null once the author's account has gone. */
  authorId: string | null;
  content: string;
  media: MessageMedia[];
  replyToId: string | null;
  /** What its author called it: a second one of the same name is not made. */
  clientId: string | null;
  createdAt: Date;
  editedAt: Date | null;
  /** A message that was deleted stays as a tombstone, with nothing in it. */
  isDeleted: boolean;
  /** Order of its changes; 0 when it is sent. */
  revision: number;
};

/** Whether there is anything in it. */
export const saysSomething = ({ content, media }: Pick<Message, 'content' | 'media'>): boolean =>
  content.trim() !== '' || media.length > 0;

export const isEditable = ({ createdAt }: Pick<Message, 'createdAt'>, at: Date): boolean =>
  at.getTime() - createdAt.getTime() <= EDITABLE_MS;
