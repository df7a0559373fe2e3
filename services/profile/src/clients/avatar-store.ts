import type { Dapr } from '@commons/platform';
import { createImageStore, type ImageStore } from '@commons/platform/images';

/** The bytes of avatars, by name: all that the service knows of where they lie. What is away is a ServiceUnavailable. */
export type AvatarStore = ImageStore;

/** Avatars in Azure Blob Storage. */
export const createAvatarStore = (options: { dapr: Pick<Dapr, 'secret'>; container: string }): AvatarStore =>
  createImageStore(options);
