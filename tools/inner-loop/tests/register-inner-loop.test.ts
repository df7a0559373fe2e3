import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { innerLoopProblems } from '../src/inner-loop-problems.ts';
import { registerInnerLoop } from '../src/register-inner-loop.ts';
import { readSkaffoldFile } from '../src/skaffold-file.ts';
import { innerLoopFiles, root, serviceNames } from './support/repository.ts';

const files = await innerLoopFiles();
const services = await serviceNames();

describe('a new service in the inner loop', () => {
  it.each(['aardvark', 'group-event', 'zebra'])('is wherever its neighbours are, called %s', (name) => {
    const changed = new Map([...files, ...registerInnerLoop(files, name)]);

    expect(innerLoopProblems(changed, [...services, name])).toEqual([]);
  });

  it('stands in the order of names', () => {
    const changed = registerInnerLoop(files, 'group-event');
    const { build, manifests } = readSkaffoldFile(changed.get('skaffold.yaml') ?? '');
    const names = [...services, 'group-event'].sort();

    expect(build.artifacts.map(({ image }) => image)).toEqual(names.map((name) => `commons/${name}`));
    expect(Object.keys(manifests.helm.releases[0]?.setValueTemplates ?? {})).toEqual(['global', ...names]);
    expect(changed.get('tilt/services.star')).toContain("    'gateway',\n    'group-event',\n    'like',\n");
  });

  it('changes no line that was there', async () => {
    const options = { ...(await resolveConfig(`${root}skaffold.yaml`)), filepath: 'skaffold.yaml' };
    const before = files.get('skaffold.yaml') ?? '';
    const after = await format(registerInnerLoop(files, 'group-event').get('skaffold.yaml') ?? '', options);

    const added = after.split('\n');
    for (const line of before.split('\n')) expect(added.splice(added.indexOf(line), 1)).toEqual([line]);

    expect(added.sort()).toEqual(
      [
        '    - image: commons/group-event',
        '      context: .',
        '      docker: { dockerfile: Dockerfile, target: dev, buildArgs: { <<: *arguments, SERVICE: group-event } }',
        '      sync: *sources',
        '          group-event:',
        '            image:',
        "              name: '{{ base .IMAGE_REPO_commons_group_event }}'",
        "              tag: '{{ .IMAGE_TAG_commons_group_event }}@{{ .IMAGE_DIGEST_commons_group_event }}'",
      ].sort(),
    );
  });
});
