import { randomUUID } from 'node:crypto';
import { HttpError, type Clock, type Transaction } from '@commons/platform';
import type { ImageStore } from '../clients/image-store.ts';
import type { ImageRemovalStore } from '../data/image-removal-store.ts';
import { cleanImage } from '../domain/clean-image.ts';
import type { PostImage } from '../domain/post.ts';

type Parts = { clock: Clock; images: ImageStore; imageRemovals: ImageRemovalStore };

/** An image in the blob storage that no post has yet. */
export type StoredImage = {
  image: PostImage;
  /** Makes it a post's, in the transaction that says so in the post. */
  claim(tx: Transaction): Promise<void>;
  /** Has it removed soon: no post came of it. Where that fails, it is removed later. */
  release(): Promise<void>;
};

/** Far longer than any request takes. */
const RESERVED_MS = 60 * 60_000;

/**
 * Cleans an image and stores it. Until it is claimed it stands among those to be removed, so that a crash leaves no
 * image without a post.
 */
export async function storeImage({ clock, images, imageRemovals }: Parts, bytes: Buffer): Promise<StoredImage> {
  const clean = await cleanImage(bytes);
  const name = `${randomUUID()}.${clean.extension}`;
  await imageRemovals.reserve(name, new Date(clock.now().getTime() + RESERVED_MS));
  await images.put(name, clean.bytes, clean.contentType);
  return {
    image: { name, contentType: clean.contentType },
    async claim(tx) {
      if (!(await imageRemovals.claim(name, tx))) throw new ImageExpired();
    },
    release: () => imageRemovals.release(name, clock.now()).catch(() => undefined),
  };
}

class ImageExpired extends HttpError {
  constructor() {
    super(503, 'Storing the image took too long.', { code: 'image_expired' });
  }
}
