import { describe, expect, it } from '@jest/globals';
import { readOptions, usage } from '../src/dapr/options.ts';

const names = ['auth', 'post', 'like'];

describe('the options of the platform of real parts', () => {
  it('are all services, once each, where nothing is said', () => {
    expect(readOptions([], names)).toEqual({
      only: [],
      replicas: new Map(),
      inspect: [],
      isStatus: false,
      isHelp: false,
    });
  });

  it('take lists with commas and repeated options', () => {
    const args = ['--only', 'post,like', '--only=auth', '--replicas', 'post=2,like=3', '--inspect', 'auth', '--status'];

    expect(readOptions(args, names)).toEqual({
      only: ['post', 'like', 'auth'],
      replicas: new Map([
        ['post', 2],
        ['like', 3],
      ]),
      inspect: ['auth'],
      isStatus: true,
      isHelp: false,
    });
  });

  it.each([
    ['a service that is not there', ['--only', 'chat'], 'There is no service chat: the services are auth, post, like.'],
    ['replicas without a number', ['--replicas', 'post'], 'in post=2, and not post.'],
    ['no replicas at all', ['--replicas', 'post=0'], 'in post=2, and not post=0.'],
    ['too many replicas', ['--replicas', 'post=21'], 'a number up to 20'],
    ['an option that is not there', ['--all'], usage],
  ])('refuse %s in a sentence', (_case, args, message) => {
    expect(() => readOptions(args, names)).toThrow(message);
  });
});
