import type { Graph } from '../graph.ts';
import type { Random } from '../random.ts';
import { commentText, postText } from '../words.ts';

export interface PlannedPost {
  author: number;
  title: string;
  content: string;
  tags: string[];
}

export interface PlannedComment {
  /** the place of the post in the plan's posts; so below */
  post: number;
  author: number;
  content: string;
}

export interface PlannedLike {
  post: number;
  author: number;
}

const MOST_COMMENTS = 3;
const MOST_LIKES = 8;

/** So many posts of each person, under titles that differ. */
export const planPosts = ({ friends }: Graph, postsPerUser: number, random: Random): PlannedPost[] =>
  Array.from({ length: postsPerUser }).flatMap((_, round) =>
    friends.map((__, author) => ({ author, ...postText(random, round + 1) })),
  );

/** Each friend comments at most once on a post: so a comment is told apart by its post and its author. */
export const planComments = (posts: readonly PlannedPost[], { friends }: Graph, random: Random): PlannedComment[] =>
  posts.flatMap((planned, post) =>
    random
      .some(friends[planned.author] ?? [], random.integer(MOST_COMMENTS + 1))
      .map((author) => ({ post, author, content: commentText(random) })),
  );

export const planLikes = (posts: readonly PlannedPost[], { friends }: Graph, random: Random): PlannedLike[] =>
  posts.flatMap((planned, post) =>
    random.some(friends[planned.author] ?? [], random.integer(MOST_LIKES + 1)).map((author) => ({ post, author })),
  );
