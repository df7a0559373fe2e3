import { Types } from 'mongoose';

/**
 * The filter of what lies after a pair in the order of pairs: the rest of those with the same first one, then those beyond it. Each
 * is a stretch of the index in order already, so that the database need not sort.
 */
export function afterPair(
  [first, second]: readonly [string, string],
  after: readonly [string, string] | undefined,
): Record<string, unknown> {
  if (!after) return {};
  const [firstId, secondId] = after.map((id) => new Types.ObjectId(id));
  return { $or: [{ [first]: firstId, [second]: { $gt: secondId } }, { [first]: { $gt: firstId } }] };
}
