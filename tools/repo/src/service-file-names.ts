import { camelCase } from './names.ts';
import type { Tree } from './read-tree.ts';
import { filesOf } from './service-rooms.ts';

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
const VERB_AND_NOUN = /^[a-z]+(-[a-z0-9]+)+\.ts$/;
const ON_EVENT = /^on(-[a-z0-9]+)+\.ts$/;

/** Whether the files of a service are named as style demands: kebab-case, use cases verb-noun, handlers on-<event>. */
export function fileNameProblems(tree: Tree, name: string): string[] {
  return filesOf(tree, name).flatMap((file) => {
    const path = `services/${name}/${file}`;
    if (file === 'README.md') return [];
    if (!file.split('/').every((part) => KEBAB_CASE.test(part))) return [`${path} is not in kebab-case; rename it.`];
    if (file.startsWith('src/use-cases/')) return useCaseProblems(path, tree.get(path) ?? '');
    if (file.startsWith('src/subscriptions/')) return handlerProblems(path);
    return [];
  });
}

function useCaseProblems(path: string, text: string): string[] {
  const file = baseName(path);
  if (!VERB_AND_NOUN.test(file)) {
    return [`${path} is no verb and noun; name a use case after what it does, like create-post.ts.`];
  }
  const story = camelCase(file.replace(/\.ts$/, ''));
  if (new RegExp(`^export (async )?(function\\*?|const) ${story}\\b`, 'm').test(text)) return [];
  return [`${path} does not export ${story}; name the file after its main export.`];
}

function handlerProblems(path: string): string[] {
  const file = baseName(path);
  if (file === 'index.ts' || ON_EVENT.test(file)) return [];
  return [
    `${path} is no handler's name; call it on-<event>.ts after the event that it takes, like on-user-deleted.ts.`,
  ];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
