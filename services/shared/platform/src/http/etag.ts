import { createHash } from 'node:crypto';
import { PreconditionFailed } from './errors.ts';

/**
 * The entity tag of a single resource: `"<revision>-<hash of the body>"`. The hash makes `If-None-Match` exact; the
 * revision alone is what `If-Match` compares, so that a like in between does not forbid an edit.
 */
export function entityTag(revision: number, body: unknown): string {
  return `"${revision}-${createHash('sha1').update(JSON.stringify(body)).digest('base64url')}"`;
}

/**
 * @param ifMatch the request's `If-Match`, if any.
 * @throws PreconditionFailed where it names no tag of the present revision.
 */
export function requireMatch(ifMatch: string | undefined, revision: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const revisions = ifMatch.split(',').map((tag) => /^(?:W\/)?"(\d+)-/.exec(tag.trim())?.[1]);
  if (!revisions.includes(String(revision))) throw new PreconditionFailed();
}
