import type { NotificationType } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { ChatName } from '../domain/message-news.ts';
import type { Outcome } from '../domain/notification.ts';

export type NotificationDocument = {
  _id: Types.ObjectId;
  user_id: Types.ObjectId;
  type: NotificationType;
  /** What it stands for: there is one notification of a key. */
  key: string;
  post_id?: Types.ObjectId;
  comment_id?: Types.ObjectId;
  /** The comment that a reply answers: with it, the notification of the reply goes. */
  parent_id?: Types.ObjectId;
  project_id?: Types.ObjectId;
  outcome?: Outcome;
  chat_id?: Types.ObjectId;
  chat?: ChatName;
  /** Messages of the chat that its user has not read, in their order. */
  unread?: { seq: number; author_id: Types.ObjectId; at: Date }[];
  /** Up to which message its user has read. */
  read_seq?: number;
  /** Order of its user's coming and going in the chat. */
  seat_revision?: number;
  actor_id: Types.ObjectId | null;
  actors_count: number;
  message: string | null;
  read: boolean;
  /** False where what it tells of was taken back, or a block hides it: nobody sees it, unless it is done again. */
  listed: boolean;
  created_at: Date;
  /** When one that nobody sees is removed. */
  expires_at?: Date;
};

const id = Schema.Types.ObjectId;

const schema = new Schema<NotificationDocument>(
  {
    user_id: id,
    type: String,
    key: String,
    post_id: id,
    comment_id: id,
    parent_id: id,
    project_id: id,
    outcome: String,
    chat_id: id,
    chat: new Schema({ type: { type: String }, title: String }, { _id: false }),
    unread: { type: [new Schema({ seq: Number, author_id: id, at: Date }, { _id: false })], default: undefined },
    read_seq: Number,
    seat_revision: Number,
    actor_id: id,
    actors_count: Number,
    message: String,
    read: Boolean,
    listed: Boolean,
    created_at: Date,
    expires_at: Date,
  },
  { collection: 'notifications', versionKey: false },
);

/** The notifications of a database. */
export const notificationModel = (db: Connection): Model<NotificationDocument> =>
  db.model<NotificationDocument>('Notification', schema);
