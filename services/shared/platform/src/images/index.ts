export { cleanImage, requireImage, thumbnailOf, UnusableImage, type CleanImage } from './clean-image.ts';
export { createImageRemovalStore, prepareImageRemovals, type ImageRemovalStore } from './image-removal-store.ts';
export { createImageStore, type ImageStore } from './image-store.ts';
export { removeDueImages } from './remove-due-images.ts';
export { storeImage, type StoredImage } from './store-image.ts';
