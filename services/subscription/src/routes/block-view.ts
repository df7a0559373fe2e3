import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Block } from '../domain/block.ts';
import type { ListedBlock } from '../use-cases/list-blocks.ts';
import { personView, toPersonView } from './person-view.ts';

/** An own block. */
export const blockView = z.object({ user_id: id, created_at: timestamp });
export const listedBlockView = blockView.extend({ user: personView });

export const toBlockView = ({ blockedId, createdAt }: Block): z.infer<typeof blockView> => ({
  user_id: blockedId,
  created_at: createdAt.toISOString(),
});

export const toListedBlockView = ({ block, person }: ListedBlock): z.infer<typeof listedBlockView> => ({
  ...toBlockView(block),
  user: toPersonView(person),
});
