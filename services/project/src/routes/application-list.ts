import { id } from '@commons/contracts';
import {
  cursorPageOf,
  decodeCursor,
  encodeCursor,
  pageOf,
  toPage,
  type CursorPage,
  type Page,
} from '@commons/platform';
import { z } from 'zod';
import type { ProjectContext } from '../context.ts';
import type { ApplicationFilter } from '../data/application-store.ts';
import { listApplications, listApplicationsBefore } from '../use-cases/list-applications.ts';
import { applicationView, toApplicationView } from './application-view.ts';

type View = z.infer<typeof applicationView>;

/** A list of applications by page or by cursor. */
export const applicationList = z.union([pageOf(applicationView), cursorPageOf(applicationView)]);

/** Reads a list of applications as it was asked for. */
export async function presentApplications(
  ctx: ProjectContext,
  filter: ApplicationFilter,
  { page, limit, cursor, url }: { page: number; limit: number; cursor?: string | undefined; url: string },
): Promise<Page<View> | CursorPage<View>> {
  if (cursor === undefined) {
    const { count, listed } = await listApplications(ctx, { filter, page, limit });
    return toPage(listed.map(toApplicationView), { count, page, limit, url });
  }
  const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
  const { listed, next } = await listApplicationsBefore(ctx, { filter, before, limit });
  return { next_cursor: next && encodeCursor([next]), results: listed.map(toApplicationView) };
}
