import { chartFiles, leftovers, serviceCharts, type Tree } from './chart-files.ts';

const FILES = ['Chart.yaml', 'values.yaml', 'templates/service.yaml'];
const UMBRELLA = 'charts/commons/Chart.yaml';

/** What keeps the services and components of the repository from being on a cluster as they are elsewhere, a sentence each. */
export function chartProblems(tree: Tree, services: readonly string[]): string[] {
  return [
    ...services.flatMap((name) => missingFiles(tree, name)),
    ...services.flatMap((name) => missingDependency(tree, name)),
    ...serviceCharts(tree)
      .filter((name) => !services.includes(name))
      .map((name) => `charts/${name} is the chart of no service; remove it, and its place in ${UMBRELLA}.`),
    ...staleFiles(tree),
  ];
}

function missingFiles(tree: Tree, name: string): string[] {
  return FILES.filter((file) => !tree.has(`charts/${name}/${file}`)).map(
    (file) => `charts/${name}/${file} is missing; every service has one, see its neighbours.`,
  );
}

function missingDependency(tree: Tree, name: string): string[] {
  const isNamed = (tree.get(UMBRELLA) ?? '').includes(`repository: file://../${name}\n`);
  return isNamed ? [] : [`${UMBRELLA} does not name ${name}; add it: a dependency, or no cluster runs it.`];
}

function staleFiles(tree: Tree): string[] {
  const stale = [...chartFiles(tree)].filter(([path, text]) => tree.get(path) !== text).map(([path]) => path);
  const problems = [
    ...stale.map((path) => `${path} is not what it is made from.`),
    ...leftovers(tree).map((path) => `${path} is made from a file that is gone.`),
  ];
  return problems.length === 0 ? [] : [...problems, 'Write the files of charts/ anew: npm run chart-files.'];
}
