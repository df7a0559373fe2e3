/** Who blocks whom. */
export type BlockPair = { blockerId: string; blockedId: string };

/** A block: one for each pair, over every end and new beginning. */
export type Block = BlockPair & {
  id: string;
  isOn: boolean;
  /** Grows by one with each change of this pair. */
  revision: number;
  createdAt: Date;
};
