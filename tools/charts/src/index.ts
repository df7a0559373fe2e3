export { chartFiles } from './chart-files.ts';
export { chartProblems } from './chart-problems.ts';
