export { buildBaseImage } from './base-image.ts';
export type { BaseImageOptions, BaseImagePurpose } from './base-image.ts';
export { buildImages, imageName } from './build-images.ts';
export type { BuildImageOptions } from './build-images.ts';
export { saveImages } from './save-images.ts';
