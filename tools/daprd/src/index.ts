export { DAPRD_VERSION, findDaprd, findSentry } from './find-daprd.ts';
export type { FindDaprdOptions } from './find-daprd.ts';
