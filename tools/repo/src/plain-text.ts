import type { Tree } from './read-tree.ts';

/** Hosts of package registries, in parts, so that this file does not name them itself. */
const REGISTRY_HOSTS = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['pypi', 'org'],
  ['files', 'pythonhosted', 'org'],
  ['proxy', 'golang', 'org'],
  ['sum', 'golang', 'org'],
  ['static', 'crates', 'io'],
  ['repo', 'maven', 'apache', 'org'],
  ['deb', 'debian', 'org'],
].map((parts) => parts.join('.'));

/** A folder of somebody's machine: a home on Linux, macOS or Windows, a mounted workspace; not a part of a longer path or URL. */
const OWN_FOLDER = /(?<![\w.:/*}-])\/(?:home|Users|root|work)\/[\w.-]+|\b[A-Z]:\\Users\\\w+/;

/**
 * The lines that only make sense on one machine: an absolute path into somebody's folder, or a package registry's host
 * (npm, pip and go know theirs from their own configuration, which may name a mirror).
 */
export function plainText(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => problemsOf(line).map((problem) => `${path}:${index + 1}: ${problem}`)),
  );
}

function problemsOf(line: string): string[] {
  const folder = OWN_FOLDER.exec(line)?.[0];
  const host = REGISTRY_HOSTS.find((name) => line.includes(name));
  return [
    ...(folder === undefined ? [] : [`${folder} is a folder of one machine; use a path from the repository's root.`]),
    ...(host === undefined ? [] : [`${host} is a registry's host; let the package manager's configuration name it.`]),
  ];
}
