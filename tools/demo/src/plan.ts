import type { Graph } from './graph.ts';
import type { Person } from './people.ts';
import { personOf } from './people.ts';
import type { Random } from './random.ts';
import { seededRandom } from './random.ts';
import { commentText, postText } from './words.ts';

export interface PlannedPost {
  /** the place of its author in the plan's people; so everywhere below */
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

/** All that the demo will make. */
export interface Plan {
  people: Person[];
  posts: PlannedPost[];
  comments: PlannedComment[];
  likes: PlannedLike[];
}

const MOST_COMMENTS = 3;
const MOST_LIKES = 8;

/**
 * Plans what the people of a graph write: so many posts each, on each post up to three comments and up to eight likes,
 * all by people who know the author. The same graph, seed and numbers make the same plan.
 */
export function makePlan(graph: Graph, { seed, postsPerUser }: { seed: number; postsPerUser: number }): Plan {
  const random = seededRandom(seed);
  const posts = Array.from({ length: postsPerUser }).flatMap((_, round) =>
    graph.friends.map((__, author) => ({ author, ...postText(random, round + 1) })),
  );
  const friendsOfAuthor = (post: PlannedPost) => graph.friends[post.author] ?? [];
  return {
    people: graph.friends.map((_, number) => personOf(number)),
    posts,
    comments: posts.flatMap((post, index) => commentsOn(index, friendsOfAuthor(post), random)),
    likes: posts.flatMap((post, index) => likesOf(index, friendsOfAuthor(post), random)),
  };
}

/** Each friend comments at most once on a post: so a comment is told apart by its post and its author. */
function commentsOn(post: number, friends: readonly number[], random: Random): PlannedComment[] {
  const authors = random.some(friends, random.integer(MOST_COMMENTS + 1));
  return authors.map((author) => ({ post, author, content: commentText(random) }));
}

function likesOf(post: number, friends: readonly number[], random: Random): PlannedLike[] {
  return random.some(friends, random.integer(MOST_LIKES + 1)).map((author) => ({ post, author }));
}
