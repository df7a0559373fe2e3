import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBlocks, prepareBlocks, rebuildBlocks, type Blocks } from '../src/relations/blocks.ts';
import { anId } from '../src/testing/fake-users.ts';
import { testDatabase } from '../src/testing/test-database.ts';

const database = testDatabase();
let blocks: Blocks;
beforeAll(async () => {
  const db = await database.open('relations');
  await prepareBlocks(db);
  blocks = createBlocks(db);
});
afterAll(() => database.drop('relations'));

describe('copies of relations', () => {
  it('take news over in any order, and never step back', async () => {
    const [fromId, toId] = [anId(), anId()];

    const changes = [
      await blocks.note({ fromId, toId, isOn: false, revision: 2 }),
      await blocks.note({ fromId, toId, isOn: true, revision: 1 }),
      await blocks.note({ fromId, toId, isOn: false, revision: 2 }),
    ];

    expect(changes).toEqual([true, false, false]);
    expect(await blocks.holds(fromId, toId)).toBe(false);
    expect(await blocks.note({ fromId, toId, isOn: true, revision: 3 })).toBe(true);
    expect(await blocks.holds(fromId, toId)).toBe(true);
  });

  it('hide both from each other, whoever blocks, and nobody else', async () => {
    const [one, other, third] = [anId(), anId(), anId()];
    await blocks.note({ fromId: one, toId: other, isOn: true, revision: 1 });
    await blocks.note({ fromId: third, toId: one, isOn: true, revision: 1 });

    expect([await blocks.areApart(one, other), await blocks.areApart(other, one)]).toEqual([true, true]);
    expect([await blocks.areApart(other, third), await blocks.areApart(undefined, one)]).toEqual([false, false]);
    expect((await blocks.hiddenFrom(one)).toSorted()).toEqual([other, third].toSorted());
    expect(await blocks.hiddenFrom(other)).toEqual([one]);
    expect(await blocks.hiddenFrom(undefined)).toEqual([]);
    expect(await blocks.targetsAmong(one, [other, third])).toEqual(new Set([other]));
    expect(await blocks.targetsAmong(one, [])).toEqual(new Set());
  });

  it('are made anew from their owner: what is missing, what is old, what has no original', async () => {
    await Promise.all((await blocks.list({ limit: 1_000 })).map((copy) => blocks.remove(copy)));
    const [a = '', b = '', c = ''] = [anId(), anId(), anId()].toSorted();
    await blocks.note({ fromId: a, toId: b, isOn: true, revision: 1 });
    await blocks.note({ fromId: b, toId: c, isOn: true, revision: 4 });
    await blocks.note({ fromId: c, toId: a, isOn: true, revision: 1 });
    const original = (from_id: string, to_id: string, is_on: boolean, revision: number) => ({
      ...{ from_id, to_id },
      ...{ is_on, revision },
    });
    const originals = [original(a, b, false, 2), original(a, c, true, 1), original(b, c, true, 4)];

    const result = await rebuildBlocks({ blocks, dapr: ownerOf(originals) });

    expect(result).toEqual({ checked: 3, corrected: 3 });
    expect(await blocks.list({ limit: 10 })).toEqual([
      { fromId: a, toId: b, isOn: false, revision: 2 },
      { fromId: a, toId: c, isOn: true, revision: 1 },
      { fromId: b, toId: c, isOn: true, revision: 4 },
    ]);
  });
});

type Original = { from_id: string; to_id: string; is_on: boolean; revision: number };

/** An owner that gives one pair at a time. */
function ownerOf(originals: readonly Original[]): Parameters<typeof rebuildBlocks>[0]['dapr'] {
  const keyOf = ({ from_id, to_id }: Pick<Original, 'from_id' | 'to_id'>) => `${from_id}:${to_id}`;
  return {
    call: async (_call, input) => {
      const { after } = input as { after?: Original };
      const rest = originals.filter((pair) => after === undefined || keyOf(pair) > keyOf(after));
      return { pairs: rest.slice(0, 1) } as never;
    },
  };
}
