import type { MessagesFrom, Visibility } from '@commons/contracts';
import { Schema, type ClientSession, type Connection, type Model, type Types } from 'mongoose';
import { firstSettings, type Settings } from '../domain/settings.ts';

export type SettingsDocument = Pick<Settings, 'locale' | 'timezone' | 'theme'> & {
  profile_visibility: Visibility;
  allow_messages_from: MessagesFrom;
  show_online: boolean;
};

/** `_id` is the user's id. News of somebody of whom `auth` has not told yet begins a document as well. */
export type ProfileDocument = {
  _id: Types.ObjectId;
  /** Copied from `auth`, in the order of `username_revision`. */
  username: string;
  first_name: string;
  last_name: string;
  username_revision: number;
  nickname: string | null;
  bio: string | null;
  location: string | null;
  website: string | null;
  avatar: { name: string; thumbnail: string } | null;
  settings: SettingsDocument;
  /** Copied from `subscription`, each in the order of its revision. */
  followers_count: number;
  followers_revision: number;
  following_count: number;
  following_revision: number;
  /** Null until `auth` has told of the user: there is no profile before. */
  created_at: Date | null;
  updated_at: Date | null;
  /** Set where the account has gone: nothing of theirs may be added any more. */
  erased_at: Date | null;
  revision: number;
  version: number;
};

export const toSettingsDocument = (settings: Settings): SettingsDocument => ({
  locale: settings.locale,
  timezone: settings.timezone,
  theme: settings.theme,
  profile_visibility: settings.profileVisibility,
  allow_messages_from: settings.allowMessagesFrom,
  show_online: settings.showOnline,
});

/** A profile of which nothing is known. */
export const EMPTY = {
  ...{ username: '', first_name: '', last_name: '', username_revision: 0 },
  ...{ nickname: null, bio: null, location: null, website: null, avatar: null },
  settings: toSettingsDocument(firstSettings),
  ...{ followers_count: 0, followers_revision: 0, following_count: 0, following_revision: 0 },
  ...{ created_at: null, updated_at: null, erased_at: null, revision: 1 },
} satisfies Partial<ProfileDocument>;

const schema = new Schema<ProfileDocument>(
  {
    ...{ username: String, first_name: String, last_name: String, username_revision: Number },
    ...{ nickname: String, bio: String, location: String, website: String },
    avatar: new Schema({ name: String, thumbnail: String }, { _id: false }),
    settings: new Schema<SettingsDocument>(
      {
        ...{ locale: String, timezone: String, theme: String },
        ...{ profile_visibility: String, allow_messages_from: String, show_online: Boolean },
      },
      { _id: false },
    ),
    ...{ followers_count: Number, followers_revision: Number, following_count: Number, following_revision: Number },
    ...{ created_at: Date, updated_at: Date, erased_at: Date, revision: Number, version: Number },
  },
  { collection: 'profiles', versionKey: false },
);

/** The profiles of a database. */
export const profileModel = (db: Connection): Model<ProfileDocument> => db.model<ProfileDocument>('Profile', schema);

/** Sees to it that there is a document to write to. */
export async function begin(profiles: Model<ProfileDocument>, id: string, session?: ClientSession): Promise<void> {
  const fresh = { $setOnInsert: { ...EMPTY, version: 0 } };
  await profiles.updateOne({ _id: id }, fresh, { upsert: true, ...(session && { session }) });
}
