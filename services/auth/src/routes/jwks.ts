import { ok } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';

/** A new key is published for longer than this before it signs. */
const CACHED = { 'cache-control': 'public, max-age=60' };

export const jwks = route({
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'The public keys that verify access tokens (RFC 7517)',
  access: 'public',
  answers: { 200: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }) },
  handler: async ({ ctx }) => ok({ keys: await ctx.keys.published() }, CACHED),
});
