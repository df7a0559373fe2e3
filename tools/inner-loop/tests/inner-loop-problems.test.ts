import { describe, expect, it } from '@jest/globals';
import { innerLoopProblems } from '../src/inner-loop-problems.ts';
import { innerLoopFiles, serviceNames } from './support/repository.ts';

const files = await innerLoopFiles();
const services = await serviceNames();

describe('the inner loop', () => {
  it('has every service, and nothing else', () => {
    expect(innerLoopProblems(files, services)).toEqual([]);
  });

  it('lacks a service that nobody registered', () => {
    expect(innerLoopProblems(files, [...services, 'bookmark'])).toEqual([
      'skaffold.yaml has no artifact commons/bookmark; every service has one, see its neighbours.',
      'skaffold.yaml does not give the chart of bookmark its image; set bookmark in setValueTemplates, as its neighbours have it.',
      'tilt/services.star does not name bookmark; add it, or Tilt leaves it out.',
    ]);
  });

  it('names a service that is gone', () => {
    expect(
      innerLoopProblems(
        files,
        services.filter((name) => name !== 'like'),
      ),
    ).toEqual([
      'skaffold.yaml builds commons/like, which is the image of no service; remove it.',
      'tilt/services.star names like, which is no service; remove it.',
    ]);
  });

  it.each([
    ['SERVICE: like', 'SERVICE: post', 'skaffold.yaml builds commons/like without the argument SERVICE: like.'],
    [
      'target: dev, buildArgs: { <<: *arguments, SERVICE: like }',
      'buildArgs: { <<: *arguments, SERVICE: like }',
      'skaffold.yaml has to build commons/like with target: dev and sync: *sources, or its sources stay as they were built.',
    ],
    [
      'IMAGE_TAG_commons_like',
      'IMAGE_TAG_commons_post',
      'skaffold.yaml does not give the chart of like its image; set like in setValueTemplates, as its neighbours have it.',
    ],
  ])('is wrong where, in place of %s, it says %s', (right, wrong, problem) => {
    const text = files.get('skaffold.yaml') ?? '';
    expect(innerLoopProblems(new Map([...files, ['skaffold.yaml', text.replace(right, wrong)]]), services)).toEqual([
      problem,
    ]);
  });

  it('is missing altogether in a repository without its files', () => {
    expect(innerLoopProblems(new Map(), ['like'])).toEqual([
      'skaffold.yaml has no artifact commons/like; every service has one, see its neighbours.',
      'skaffold.yaml does not give the chart of like its image; set like in setValueTemplates, as its neighbours have it.',
      'tilt/services.star does not name like; add it, or Tilt leaves it out.',
    ]);
  });
});
