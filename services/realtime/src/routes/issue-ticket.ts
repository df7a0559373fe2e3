import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { issueTicket } from '../use-cases/issue-ticket.ts';

/** A ticket for `GET /ws?ticket=`. It is no resource that could be found again, so the answer is a 200. */
export const issueTicketRoute = route({
  method: 'POST',
  path: '/api/realtime/ticket',
  summary: 'A ticket that opens one WebSocket',
  access: 'user',
  idempotent: false,
  answers: { 200: z.object({ ticket: z.string(), expires_in: z.int() }) },
  handler: async ({ ctx, headers }) => {
    const token = (headers.authorization ?? '').replace(/^Bearer /i, '');
    const { ticket, expiresIn } = await issueTicket(ctx, await ctx.authenticator.verify(token));
    return ok({ ticket, expires_in: expiresIn }, { 'cache-control': 'no-store' });
  },
});
