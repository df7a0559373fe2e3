export { DAPRD_VERSION, findDaprd } from './find-daprd.ts';
export type { FindDaprdOptions } from './find-daprd.ts';
