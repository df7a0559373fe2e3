export { buildBaseImage } from './base-image.ts';
export type { BaseImageOptions, BaseImagePurpose } from './base-image.ts';
export { buildImage, imageName } from './build-image.ts';
export type { BuildImageOptions } from './build-image.ts';
export { saveImage } from './save-image.ts';
