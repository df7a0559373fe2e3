import { parse } from 'yaml';
import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';

type Resource = {
  kind?: string;
  metadata?: { name?: string };
  spec?: { metadata?: { secretKeyRef?: { name: string } }[] };
  scopes?: string[];
};

const SECRETS_PATH = 'components/secretstore.yaml';

/** Which component is for all or for nobody, and which secret is used but not told of, or told of but not used. */
export function componentProblems(tree: Tree): string[] {
  const services = serviceNames(tree);
  const resources = resourcesOf(tree);
  return [
    ...resources.flatMap(([path, { scopes = [] }]) => scopeProblems(path, scopes, services)),
    ...secretProblems(tree, resources),
  ];
}

/** Every resource of components/, without those of its subfolders. */
function resourcesOf(tree: Tree): [path: string, resource: Resource][] {
  return [...tree]
    .filter(([path]) => /^components\/[^/]+\.yaml$/.test(path))
    .map(([path, text]) => [path, (parse(text) ?? {}) as Resource]);
}

function scopeProblems(path: string, scopes: readonly string[], services: readonly string[]): string[] {
  if (scopes.length === 0) return [`${path} has no scopes; add those who use it, or it is everybody's.`];
  return scopes
    .filter((scope) => !services.includes(scope))
    .map((scope) => `${path} has the scope ${scope}, which is no service; take it out.`);
}

/** The names in the list at the top of secretstore.yaml are those that components and Configurations use. */
function secretProblems(tree: Tree, resources: readonly [string, Resource][]): string[] {
  const listed = [...(tree.get(SECRETS_PATH) ?? '').matchAll(/^# {3}([a-z][a-z-]+) {2}/gm)].map(
    ([, name = '']) => name,
  );
  const used = new Set([...resources.flatMap(([, resource]) => secretsOf(resource)), ...allowedSecretsOf(tree)]);
  return [
    ...[...used].filter((name) => !listed.includes(name)).map((name) => `${SECRETS_PATH} does not tell of ${name}.`),
    ...listed.filter((name) => !used.has(name)).map((name) => `${SECRETS_PATH} tells of ${name}, which nothing uses.`),
  ];
}

const secretsOf = ({ spec }: Resource): string[] =>
  (spec?.metadata ?? []).flatMap(({ secretKeyRef }) => secretKeyRef?.name ?? []);

type Configuration = { spec?: { secrets?: { scopes?: { allowedSecrets?: string[] }[] } } } | null;

function allowedSecretsOf(tree: Tree): string[] {
  const texts = [...tree].filter(([path]) => path.startsWith('components/configuration/')).map(([, text]) => text);
  return texts.flatMap((text) =>
    ((parse(text) as Configuration)?.spec?.secrets?.scopes ?? []).flatMap(({ allowedSecrets = [] }) => allowedSecrets),
  );
}
