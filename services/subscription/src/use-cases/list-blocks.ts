import type { SubscriptionContext } from '../context.ts';
import type { Block } from '../domain/block.ts';
import { cutTo, isPastEnd, type ListPart, type Slice } from '../domain/list-part.ts';
import type { KnownPerson } from '../domain/person.ts';
import { addPeople } from './add-people.ts';

type Parts = Pick<SubscriptionContext, 'blocks' | 'counters' | 'people'>;

export type ListedBlock = { block: Block; person: KnownPerson };

/** Whom a user blocks, latest first. */
export async function listBlocks(
  ctx: Parts,
  { userId, part }: { userId: string; part: ListPart },
): Promise<Slice<ListedBlock> & { count: number }> {
  const count = (await ctx.counters.find(userId))?.blocks ?? 0;
  if (isPastEnd(part, count)) return { entries: [], next: null, count };
  const found = await ctx.blocks.listOf(userId, { ...part, limit: part.limit + 1 });
  const { entries, next } = cutTo(part.limit, found);
  const listed = await addPeople(ctx, entries, ({ blockedId }) => blockedId);
  return { entries: listed.map(({ entry: block, person }) => ({ block, person })), next, count };
}
