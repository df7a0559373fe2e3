import { id } from '@commons/contracts';
import {
  BadRequest,
  cursorPageOf,
  decodeCursor,
  encodeCursor,
  ok,
  pageOf,
  pageQuery,
  toPage,
  Unprocessable,
  type CursorPage,
  type Page,
} from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import {
  listProfiles,
  searchProfiles as readPage,
  searchProfilesAfter,
  type Search,
} from '../use-cases/search-profiles.ts';
import { seenView, toSeenView } from './profile-view.ts';

const MOST_IDS = 100;
const DEFAULT_LIMIT = 20;

const name = z.string().max(200).optional();
const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((part) => part.split(',').filter((each) => each !== '')))
  .pipe(z.array(id));

export const searchProfiles = route({
  method: 'GET',
  path: '/api/profiles',
  summary:
    'Profiles by how a name begins, in the order of the names, or some by their ids; one of the three parameters',
  access: 'anyone',
  query: z.object({
    ...pageQuery,
    limit: pageQuery.limit.unwrap().optional(),
    nickname: name.meta({ description: 'How nickname or username begin' }),
    q: name.meta({ description: 'How nickname, username, first or last name begin' }),
    ids: ids.optional().meta({ description: 'Up to 100 ids with commas between, or repeated' }),
  }),
  answers: { 200: z.union([pageOf(seenView), cursorPageOf(seenView)]) },
  errors: [422],
  handler: async ({ ctx, query, user: viewer, url }) => {
    const { page, cursor, nickname = '', q = '' } = query;
    const wanted = [...new Set(query.ids)];
    requireOne({ nickname, q, ids: wanted.join() });
    if (wanted.length > MOST_IDS) throw tooManyIds();
    if (wanted.length > 0) {
      const results = (await listProfiles(ctx, { viewer, ids: wanted })).map(toSeenView);
      return ok(partOf(results, { page, limit: query.limit ?? MOST_IDS, cursor, url }));
    }
    const limit = query.limit ?? DEFAULT_LIMIT;
    const search: Search = { viewer, limit, scope: q === '' ? 'nickname' : 'any', text: q || nickname };
    if (cursor === undefined) {
      const { count, found } = await readPage(ctx, { ...search, page });
      return ok(toPage(found.map(toSeenView), { count, page, limit, url }));
    }
    const [key, userId] = decodeCursor(cursor, z.tuple([z.string(), id])) ?? [];
    const after = key === undefined || userId === undefined ? undefined : { key, userId };
    const { next, found } = await searchProfilesAfter(ctx, { ...search, after });
    return ok({ next_cursor: next && encodeCursor([next.key, next.userId]), results: found.map(toSeenView) });
  },
});

/** A page, or what comes after a cursor, of a list that is there as a whole. */
function partOf<T>(
  results: T[],
  { page, limit, cursor, url }: { page: number; limit: number; cursor: string | undefined; url: string },
): Page<T> | CursorPage<T> {
  const [after = 0] = cursor === undefined ? [] : (decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? []);
  const from = cursor === undefined ? (page - 1) * limit : after;
  const part = results.slice(from, from + limit);
  if (cursor === undefined) return toPage(part, { count: results.length, page, limit, url });
  return { next_cursor: from + limit < results.length ? encodeCursor([from + limit]) : null, results: part };
}

function requireOne(parameters: Record<string, string>): void {
  const given = Object.keys(parameters).filter((parameter) => parameters[parameter] !== '');
  const message = 'is not taken beside another of nickname, q and ids';
  if (given.length > 1)
    throw new BadRequest(
      `${given.join(', ')}: ${message}`,
      'invalid_request',
      given.map((path) => ({ path, message })),
    );
}

function tooManyIds(): Unprocessable {
  const message = `must be ${MOST_IDS} or fewer`;
  return new Unprocessable(`ids: ${message}`, 'rule_broken', [{ path: 'ids', message }]);
}
