import { Types } from 'mongoose';
import type { Position } from '../domain/list-part.ts';

/** The filter of what lies after a place in a list that is ordered latest first. */
export const afterPosition = (after: Position | undefined): Record<string, unknown> =>
  after
    ? {
        created_at: { $lte: after.createdAt },
        $or: [
          { created_at: { $lt: after.createdAt } },
          { created_at: after.createdAt, _id: { $lt: new Types.ObjectId(after.id) } },
        ],
      }
    : {};
