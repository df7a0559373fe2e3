import { describe, expect, it } from '@jest/globals';
import { nameOfFault, planFaults, type PlannedPart } from '../plan/plan-faults.ts';
import { createRandom } from '../plan/random.ts';

const parts: PlannedPart[] = [
  ...['post', 'like', 'gateway'].flatMap((service): PlannedPart[] => [
    { name: service, kind: 'service', service },
    { name: `${service}-dapr`, kind: 'sidecar', service },
  ]),
  ...['mongod', 'redis', 'rabbitmq'].map((name): PlannedPart => ({ name, kind: 'backend' })),
];
const consumers = ['post', 'like'];
const plan = (seed: number, only?: string[]) => planFaults({ random: createRandom(seed), parts, consumers, only });

describe('a plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7).map(nameOfFault)).not.toEqual(plan(8).map(nameOfFault));
  });

  it.each([1, 2, 3, 4, 5])('kills each service and backend and some sidecars, and holds some (seed %i)', (seed) => {
    const faults = plan(seed);
    const of = (wanted: string) => faults.filter(({ kind }) => kind === wanted).map(({ part }) => part);
    const kindOf = (name: string) => parts.find((part) => part.name === name)?.kind;

    expect(
      of('kill')
        .filter((name) => kindOf(name) !== 'sidecar')
        .toSorted(),
    ).toEqual(['gateway', 'like', 'mongod', 'post', 'rabbitmq', 'redis']);
    expect([2, 3]).toContain(of('kill').filter((name) => kindOf(name) === 'sidecar').length);
    expect(of('pause').map(kindOf).toSorted()).toEqual(['backend', 'backend', 'service', 'sidecar']);
    expect([...of('flood'), ...of('skew')].toSorted()).toEqual(['like', 'post']);
    expect(new Set(faults.map(nameOfFault)).size).toBe(faults.length);
  });

  it('is cut down to what is asked for', () => {
    expect(plan(7, ['post', 'pause:mongod', 'flood:like']).map(nameOfFault).toSorted()).toEqual([
      'flood like',
      'kill post',
      'pause mongod',
    ]);
    expect(plan(7, [])).toEqual([]);
  });

  it('says what it does not know', () => {
    expect(() => plan(7, ['chat'])).toThrow('chat: the parts are post, post-dapr, like, like-dapr, gateway');
    expect(() => plan(7, ['burn:post'])).toThrow('burn:post: a fault is one of kill, pause, flood, skew');
  });
});

describe('chance', () => {
  it('comes from the seed alone, and a fork does not move it', () => {
    const [one, other] = [createRandom(3), createRandom(3)];
    other.fork('load').next();

    expect(Array.from({ length: 5 }, one.next)).toEqual(Array.from({ length: 5 }, other.next));
  });

  it('stays within its bounds and meets both ends', () => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 1_000 }, () => random.whole(2, 4));

    expect([...new Set(drawn)].toSorted()).toEqual([2, 3, 4]);
    expect(random.shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
  });
});
