import { setLike } from '@commons/contracts';
import { anId, type ServiceUnderTest, type TestUser } from '@commons/platform/testing';
import type { LikeContext } from '../src/context.ts';

export type LikeService = ServiceUnderTest<LikeContext>;

/** A post or comment that can be liked. */
export type LikedThing = {
  target_type: 'post' | 'comment';
  target_id: string;
  post_id: string;
  target_author_id: string;
  title: string;
};

export function aLikedPost(): LikedThing {
  const id = anId();
  return { target_type: 'post', target_id: id, post_id: id, target_author_id: anId(), title: 'A post' };
}

export function aLikedComment(postId = anId()): LikedThing {
  return { target_type: 'comment', target_id: anId(), post_id: postId, target_author_id: anId(), title: '' };
}

/** Likes, unlikes or toggles, as `post` and `comment` have it done for a user. */
export function set(
  like: LikeService,
  thing: LikedThing,
  user: TestUser,
  action: 'toggle' | 'like' | 'unlike' = 'like',
): ReturnType<LikeService['call']> {
  return like.call(setLike, { ...thing, action }, { as: user, caller: thing.target_type });
}
