import { describe, expect, it } from '@jest/globals';
import { chartFiles } from '../src/chart-files.ts';
import { chartProblems } from '../src/chart-problems.ts';

const umbrella = (...services: string[]) => services.map((name) => `    repository: file://../${name}\n`).join('');

function repository(): Map<string, string> {
  const files = new Map([
    ['components/pubsub.yaml', 'kind: Component\n'],
    ['components/configuration/ledger.yaml', 'kind: Configuration\n'],
    ['charts/commons/Chart.yaml', umbrella('ledger')],
    ['charts/commons-service/Chart.yaml', ''],
    ['charts/commons-service/values.schema.json', '{}\n'],
    ['charts/ledger/Chart.yaml', ''],
    ['charts/ledger/values.yaml', ''],
    ['charts/ledger/templates/service.yaml', ''],
  ]);
  return new Map([...files, ...chartFiles(files)]);
}

const problemsOf = (changes: Record<string, string | undefined>, services = ['ledger']) => {
  const tree = repository();
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) tree.delete(path);
    else tree.set(path, text);
  }
  return chartProblems(tree, services);
};

describe('the files of charts/ that are made from others', () => {
  it('are copies of components and of the schema, and the revision of components', () => {
    expect([...chartFiles(repository())]).toEqual([
      ['charts/commons/files/components/configuration/ledger.yaml', 'kind: Configuration\n'],
      ['charts/commons/files/components/pubsub.yaml', 'kind: Component\n'],
      ['charts/ledger/values.schema.json', '{}\n'],
      [
        'charts/commons-service/templates/_components-revision.tpl',
        expect.stringMatching(
          /^\{\{- define "commons-service.components-revision" -\}\}[0-9a-f]{12}\{\{- end -\}\}\n$/,
        ),
      ],
    ]);
  });

  it('are as they should be in a repository where nothing has changed', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('are stale when a component changes or goes', () => {
    const again = 'Write the files of charts/ anew: npm run chart-files.';
    const revision = 'charts/commons-service/templates/_components-revision.tpl is not what it is made from.';

    expect(problemsOf({ 'components/pubsub.yaml': 'kind: Other\n' })).toEqual([
      'charts/commons/files/components/pubsub.yaml is not what it is made from.',
      revision,
      again,
    ]);
    expect(problemsOf({ 'components/pubsub.yaml': undefined })).toEqual([
      revision,
      'charts/commons/files/components/pubsub.yaml is made from a file that is gone.',
      again,
    ]);
  });
});

describe('a service on a cluster', () => {
  it('needs a chart and a place in the umbrella', () => {
    expect(problemsOf({ 'charts/ledger/values.yaml': undefined }, ['ledger', 'story'])).toEqual([
      'charts/ledger/values.yaml is missing; every service has one, see its neighbours.',
      'charts/story/Chart.yaml is missing; every service has one, see its neighbours.',
      'charts/story/values.yaml is missing; every service has one, see its neighbours.',
      'charts/story/templates/service.yaml is missing; every service has one, see its neighbours.',
      'charts/commons/Chart.yaml does not name story; add it: a dependency, or no cluster runs it.',
    ]);
  });

  it('takes its chart along when it goes', () => {
    expect(problemsOf({}, [])).toEqual([
      'charts/ledger is the chart of no service; remove it, and its place in charts/commons/Chart.yaml.',
    ]);
  });
});
