import { describe, expect, it } from '@jest/globals';
import { makeManifests } from '../src/make-manifests.ts';
import { manifestProblems } from '../src/manifest-problems.ts';
import { readServiceNames, readTemplates } from '../src/read-files.ts';
import { readText, root } from './repository.ts';

const templates = await readTemplates(root);
const names = await readServiceNames(root);
const targets = ['compose.yaml', 'dapr.yaml', 'observability/prometheus.yaml'];
const committed = new Map(await Promise.all(targets.map(async (path) => [path, await readText(path)] as const)));

describe('the files that list every service', () => {
  it('are what their templates and the folders of services/ say', () => {
    expect(manifestProblems(new Map([...templates, ...committed]), names)).toEqual([]);
  });

  it('have a new service in them once they are written again', () => {
    const made = makeManifests(templates, [...names, 'bookmark']);
    expect([...made.keys()]).toEqual(targets);
    for (const text of made.values()) expect(text).toMatch(/\bbookmark\b/);
    expect(manifestProblems(new Map([...templates, ...committed]), [...names, 'bookmark'])).toEqual(
      targets.map(
        (path) =>
          `${path} is not what its template in tools/manifests/templates says (it does not name bookmark): npm run manifests.`,
      ),
    );
  });

  it('may not be changed by hand', () => {
    const files = new Map([...templates, ...committed, ['dapr.yaml', 'version: 1\n']]);
    expect(
      manifestProblems(
        files,
        ['gateway', 'realtime'].filter((name) => !names.includes(name)),
      ),
    ).toHaveLength(3);
    expect(manifestProblems(files, names)).toEqual([
      `dapr.yaml is not what its template in tools/manifests/templates says (it does not name ${names.join(', ')}): npm run manifests.`,
    ]);
  });
});
