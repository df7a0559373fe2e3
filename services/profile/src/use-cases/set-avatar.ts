import type { Backlog, Transaction, User } from '@commons/platform';
import {
  cleanImage,
  requireImage,
  storeImage,
  thumbnailOf,
  type ImageRemovalStore,
  type StoredImage,
} from '@commons/platform/images';
import type { AvatarStore } from '../clients/avatar-store.ts';
import { AvatarNotFound, NotYourProfile } from '../domain/profile-errors.ts';
import type { Avatar, Profile } from '../domain/profile.ts';
import { applyChange, requireProfile, type changeProfile } from './change-profile.ts';
import { readProfile } from './read-profile.ts';

type Parts = Parameters<typeof changeProfile>[0] & {
  avatars: AvatarStore;
  imageRemovals: ImageRemovalStore;
  avatarBacklog: Backlog;
};

type Whose = { profileId: string; user: User };

const THUMBNAIL_SIDE = 200;

/**
 * Gives a profile a new avatar, in full and as a small square. Blobs that stand alone when this fails are removed.
 * @throws UnusableImage, ProfileNotFound, NotYourProfile
 */
export async function setAvatar(parts: Parts, { bytes, ...whose }: Whose & { bytes: Buffer }): Promise<Profile> {
  await requireImage(bytes);
  await requireOwner(parts, whose);
  const stored = await storePictures(parts, bytes);
  try {
    return await replaceAvatar(parts, whose, async (tx) => {
      await Promise.all(stored.map((picture) => picture.claim(tx)));
      const [{ name }, { name: thumbnail }] = stored;
      return { name, thumbnail };
    });
  } catch (error) {
    await Promise.all(stored.map((picture) => picture.release()));
    throw error;
  }
}

/** Takes the avatar away. @throws ProfileNotFound, NotYourProfile, AvatarNotFound */
export async function removeAvatar(parts: Parts, whose: Whose): Promise<void> {
  await requireOwner(parts, whose);
  await replaceAvatar(parts, whose, (_tx, before) => {
    if (!before.avatar) throw new AvatarNotFound();
    return Promise.resolve(null);
  });
}

async function requireOwner(parts: Parts, { profileId, user }: Whose): Promise<void> {
  await readProfile(parts, { profileId, viewer: user });
  if (user.id !== profileId) throw new NotYourProfile();
}

async function storePictures(
  { clock, avatars, imageRemovals }: Parts,
  bytes: Buffer,
): Promise<[original: StoredImage, thumbnail: StoredImage]> {
  const original = await cleanImage(bytes);
  const thumbnail = await thumbnailOf(original, THUMBNAIL_SIDE);
  const storing = { clock, images: avatars, imageRemovals };
  return [await storeImage(storing, original), await storeImage(storing, thumbnail)];
}

/** What takes the place of the avatar is known in the transaction; the old one goes. */
async function replaceAvatar(
  parts: Parts,
  { profileId }: Whose,
  next: (tx: Transaction, before: Profile) => Promise<Avatar | null>,
): Promise<Profile> {
  return parts.transaction(async (tx) => {
    const before = await requireProfile(parts, profileId, tx);
    const avatar = await next(tx, before);
    if (before.avatar) {
      const { name, thumbnail } = before.avatar;
      await parts.imageRemovals.add([name, thumbnail], parts.clock.now(), tx);
    }
    tx.afterCommit(() => parts.avatarBacklog.wake());
    return applyChange(parts, before, { avatar }, tx);
  });
}
