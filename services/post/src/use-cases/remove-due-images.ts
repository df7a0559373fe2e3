import type { Clock } from '@commons/platform';
import type { ImageStore } from '../clients/image-store.ts';
import type { ImageRemovalStore } from '../data/image-removal-store.ts';

type Parts = { clock: Clock; images: ImageStore; imageRemovals: ImageRemovalStore };

const BATCH = 50;

/** Removes images that belong to no post any more. Twice is once. @returns whether there were any. */
export async function removeDueImages({ clock, images, imageRemovals }: Parts): Promise<boolean> {
  const names = await imageRemovals.due(clock.now(), BATCH);
  for (const name of names) {
    await images.delete(name);
    await imageRemovals.done(name);
  }
  return names.length > 0;
}
