import { registerInnerLoop } from '@commons/inner-loop';
import { registerComponents } from './components/register-components.ts';
import { formsOf } from './names.ts';
import type { Tree } from './read-tree.ts';
import { registerService } from './register-service.ts';

/** Where the files of a service lie, by where their templates do. */
const PLACES = { 'tools/repo/templates/service/': 'services', 'tools/repo/templates/chart/': 'charts' };
const PLATFORM = 'services/shared/platform/package.json';

/**
 * The files that a new service consists of, and those that name it, as they will be: by path from the repository's root.
 * Takes its dependencies in the versions that the platform has.
 */
export function makeService(tree: Tree, name: string): Map<string, string> {
  const words = { ...formsOf(name), ...versionsOf(tree, ['mongoose', 'zod']) };
  const files = new Map<string, string>();
  for (const [templates, place] of Object.entries(PLACES)) {
    for (const [path, text] of tree) {
      if (!path.startsWith(templates)) continue;
      const target = path.slice(templates.length).replace(/\.tmpl$/, '');
      files.set(`${place}/${name}/${fill(target, words)}`, fill(text, words));
    }
  }
  for (const [path, text] of registerService(tree, name)) files.set(path, text);
  for (const [path, text] of registerInnerLoop(tree, name)) files.set(path, text);
  for (const [path, text] of registerComponents(new Map([...tree, ...files]), name)) files.set(path, text);
  return files;
}

function fill(template: string, words: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, word: string) => {
    const value = words[word];
    if (value === undefined) throw new Error(`The template uses {{${word}}}, which nothing fills.`);
    return value;
  });
}

function versionsOf(tree: Tree, packages: readonly string[]): Record<string, string> {
  const { dependencies } = JSON.parse(tree.get(PLATFORM) ?? '{}') as { dependencies?: Record<string, string> };
  return Object.fromEntries(packages.map((name) => [name, dependencies?.[name] ?? '']));
}
