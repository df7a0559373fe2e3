import type { Users } from '@commons/platform';
import type { AuthorStore } from '../data/author-store.ts';

const PAGE = 500;

/** Makes the authors' names anew from `auth`; a name that changes meanwhile is later, and stays. */
export async function rebuildAuthorNames({
  authors,
  users,
}: {
  authors: AuthorStore;
  users: Users;
}): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  let after: string | undefined;
  for (;;) {
    const page = await authors.list({ limit: PAGE, ...(after && { after }) });
    const last = page.at(-1);
    if (!last) return result;
    const names = new Map((await users.names(page.map(({ id }) => id))).map((name) => [name.userId, name]));
    for (const author of page) {
      const right = names.get(author.id);
      if (!right || (right.username === author.username && right.revision === author.usernameRevision)) continue;
      if (await authors.correct(author, right)) result.corrected += 1;
    }
    result.checked += page.length;
    after = last.id;
  }
}
