import type { LikeTarget } from '@commons/contracts';
import { NotFound } from '@commons/platform';

/** Something that can be liked. */
export type Target = { type: LikeTarget; id: string };

/** What is told of a target together with its likes. */
export type TargetDetails = {
  /** The post itself, or the post that the comment belongs to. */
  postId: string;
  authorId: string;
  /** A post's title; empty for a comment. */
  title: string;
};

export const postTarget = (id: string): Target => ({ type: 'post', id });
export const commentTarget = (id: string): Target => ({ type: 'comment', id });

/** A target as one text. */
export const targetKey = ({ type, id }: Target): string => `${type}:${id}`;

/** The target has gone. */
export class TargetNotFound extends NotFound {
  constructor({ type }: Pick<Target, 'type'>) {
    super(`There is no such ${type}.`, `${type}_not_found`);
  }
}
