import { BadRequest, type Clock } from '@commons/platform';
import {
  cleanImage,
  storeImage as store,
  UnusableImage,
  type CleanImage,
  type ImageRemovalStore,
  type ImageStore,
  type StoredImage as Stored,
} from '@commons/platform/images';
import type { PostImage } from '../domain/post.ts';

type Parts = { clock: Clock; images: ImageStore; imageRemovals: ImageRemovalStore };

/** An image in the blob storage that no post has yet. */
export type StoredImage = Pick<Stored, 'claim' | 'release'> & { image: PostImage };

/**
 * Cleans an image and stores it.
 * @throws BadRequest where it is no jpg or png by its content, is broken, or has over 50 megapixels.
 */
export async function storeImage(parts: Parts, bytes: Buffer): Promise<StoredImage> {
  const { name, contentType, claim, release } = await store(parts, await clean(bytes));
  return { image: { name, contentType }, claim, release };
}

/** Clients of posts know no other refusal than 400. */
async function clean(bytes: Buffer): Promise<CleanImage> {
  try {
    return await cleanImage(bytes);
  } catch (error) {
    if (!(error instanceof UnusableImage)) throw error;
    const { message, code } = error;
    throw new BadRequest(message, code, [{ path: 'image', message }]);
  }
}
