import type { Clock } from '../service/clock.ts';
import type { ImageRemovalStore } from './image-removal-store.ts';
import type { ImageStore } from './image-store.ts';

type Parts = { clock: Clock; images: Pick<ImageStore, 'delete'>; imageRemovals: ImageRemovalStore };

const BATCH = 50;

/** Removes images that nothing has any more: the work of a backlog. Twice is once. @returns whether there were any. */
export async function removeDueImages({ clock, images, imageRemovals }: Parts): Promise<boolean> {
  const names = await imageRemovals.due(clock.now(), BATCH);
  for (const name of names) {
    await images.delete(name);
    await imageRemovals.done(name);
  }
  return names.length > 0;
}
