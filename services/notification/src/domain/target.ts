/** What a notification is about: `post:<id>` or `comment:<id>`. */
export type TargetKey = `post:${string}` | `comment:${string}`;

export const postTarget = (postId: string): TargetKey => `post:${postId}`;
export const commentTarget = (commentId: string): TargetKey => `comment:${commentId}`;

/** The kind and the id of a target. */
export function targetOf(key: string): { kind: 'post' | 'comment'; id: string } {
  const [kind, id = ''] = key.split(':');
  return { kind: kind === 'post' ? 'post' : 'comment', id };
}

/** The notification that gathers the likes of a target at present. */
export type LikeGroup = { id: string; number: number; openedAt: Date };

export type Target = {
  key: TargetKey;
  /** A target that was deleted stays known as such, so that an event of old does not bring it back. */
  isGone: boolean;
  group: LikeGroup | null;
};
