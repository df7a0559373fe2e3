import { answerListProfileReferences } from './answer-list-profile-references.ts';
import { deleteAvatar } from './delete-avatar.ts';
import { getAvatar } from './get-avatar.ts';
import { getProfile } from './get-profile.ts';
import { getSettings } from './get-settings.ts';
import { replaceProfile } from './replace-profile.ts';
import { replaceSettings } from './replace-settings.ts';
import { searchProfiles } from './search-profiles.ts';
import { uploadAvatar } from './upload-avatar.ts';

/** What `profile` answers: to clients, and to other services. */
export const routes = [
  searchProfiles,
  getProfile,
  replaceProfile,
  getAvatar,
  uploadAvatar,
  deleteAvatar,
  getSettings,
  replaceSettings,
  answerListProfileReferences,
];
