import { randomUUID } from 'node:crypto';
import { HttpError } from '../http/errors.ts';
import type { Transaction } from '../mongo/transaction.ts';
import type { Clock } from '../service/clock.ts';
import type { CleanImage } from './clean-image.ts';
import type { ImageRemovalStore } from './image-removal-store.ts';
import type { ImageStore } from './image-store.ts';

type Parts = { clock: Clock; images: Pick<ImageStore, 'put'>; imageRemovals: ImageRemovalStore };

/** An image in the blob storage that nothing has yet. */
export type StoredImage = {
  /** Name of its blob, never used for another. */
  name: string;
  contentType: CleanImage['contentType'];
  /** Gives it an owner, in the transaction that says so in the owner. */
  claim(tx: Transaction): Promise<void>;
  /** Has it removed soon: nothing came of it. Where that fails, it is removed later. */
  release(): Promise<void>;
};

/** Far longer than any request takes. */
const RESERVED_MS = 60 * 60_000;

/** Stores an image. Until it is claimed it stands among those to be removed, so that a crash leaves none without an owner. */
export async function storeImage({ clock, images, imageRemovals }: Parts, image: CleanImage): Promise<StoredImage> {
  const name = `${randomUUID()}.${image.extension}`;
  await imageRemovals.reserve(name, new Date(clock.now().getTime() + RESERVED_MS));
  await images.put(name, image.bytes, image.contentType);
  return {
    name,
    contentType: image.contentType,
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
