export { openRelease } from './open-release.ts';
export type { Release } from './open-release.ts';
