import { z } from 'zod';
import { id, messagesFrom, role, timestamp, userStatus, visibility } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'user-events';

export const userRegistered = defineEvent(topic, 'UserRegistered', {
  user_id: id,
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  created_at: timestamp,
  username_revision: z.int(),
});

export const userLoggedIn = defineEvent(topic, 'UserLoggedIn', {
  user_id: id,
  session_id: id,
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
});

export const userLoggedOut = defineEvent(topic, 'UserLoggedOut', { user_id: id, session_id: id });

/** One session has ended, or with `all` every session of the user. */
export const sessionRevoked = defineEvent(topic, 'SessionRevoked', {
  user_id: id,
  session_id: id.optional(),
  all: z.boolean().optional(),
});

/**
 * What others show of a user has changed. Fields that are left out are unchanged. `username`, `first_name` and `last_name` are
 * ordered by `username_revision` (kept by their owner `auth`), the rest by `revision` (kept by `profile`).
 */
export const userProfileUpdated = defineEvent(topic, 'UserProfileUpdated', {
  user_id: id,
  username: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username_revision: z.int().optional(),
  nickname: z.string().nullable().optional(),
  /** A path of the API: whoever shows it puts the public address before it (`publicUrl`). */
  avatar_url: z.string().nullable().optional(),
  visibility: visibility.optional(),
  allow_messages_from: messagesFrom.optional(),
  show_online: z.boolean().optional(),
  revision: z.int().optional(),
});

export const userStatusChanged = defineEvent(topic, 'UserStatusChanged', { user_id: id, status: userStatus });
export const userRolesChanged = defineEvent(topic, 'UserRolesChanged', { user_id: id, roles: z.array(role) });
export const userDeleted = defineEvent(topic, 'UserDeleted', { user_id: id });

/** A service has removed or anonymised all that it held of a deleted user; `auth` collects these. */
export const userDataErased = defineEvent(topic, 'UserDataErased', { user_id: id, service: z.string() });

export const passwordChanged = defineEvent(topic, 'PasswordChanged', { user_id: id });
