export { chartProblems } from './chart-problems.ts';
export { writeChartFiles } from './write-chart-files.ts';
