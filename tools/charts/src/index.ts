export { buildCharts } from './build-charts.ts';
export { chartProblems } from './chart-problems.ts';
export { writeChartFiles } from './write-chart-files.ts';
export { findHelm } from './find-helm.ts';
export { definitionsOf } from './validate/definitions.ts';
export { openHelm } from './helm.ts';
