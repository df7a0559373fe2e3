type Kind = 'post' | 'comment' | 'project';

/** What a notification is about: `post:<id>`, `comment:<id>` or `project:<id>`. */
export type TargetKey = `${Kind}:${string}`;

export const postTarget = (postId: string): TargetKey => `post:${postId}`;
export const commentTarget = (commentId: string): TargetKey => `comment:${commentId}`;
export const projectTarget = (projectId: string): TargetKey => `project:${projectId}`;

/** The kind and the id of a target. */
export function targetOf(key: TargetKey): { kind: Kind; id: string } {
  const [kind, id = ''] = key.split(':');
  return { kind: kind as Kind, id };
}

/** The notification that gathers the likes of a target at present. */
export type LikeGroup = { id: string; number: number; openedAt: Date };

export type Target = {
  key: TargetKey;
  /** A target that was deleted stays known as such, so that an event of old does not bring it back. */
  isGone: boolean;
  group: LikeGroup | null;
};
