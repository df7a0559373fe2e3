type Written = { authorId: string; postAuthorId: string; parentAuthorId: string | null };

/**
 * Who is told of a comment, and as what. The author of the answered comment is told of a reply; the author of the post of a
 * comment, unless they have been told of a reply already. Nobody is told of what they did themselves.
 */
export function recipientsOf({ authorId, postAuthorId, parentAuthorId }: Written): {
  userId: string;
  type: 'COMMENT' | 'REPLY';
}[] {
  const told = new Map<string, 'COMMENT' | 'REPLY'>([[postAuthorId, 'COMMENT']]);
  if (parentAuthorId !== null) told.set(parentAuthorId, 'REPLY');
  told.delete(authorId);
  return [...told].map(([userId, type]) => ({ userId, type }));
}
