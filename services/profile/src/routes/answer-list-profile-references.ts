import { listProfileReferences } from '@commons/contracts';
import { answer } from '../context.ts';
import { listReferences } from '../use-cases/list-references.ts';

/** Profiles for services that keep something of them. */
export const answerListProfileReferences = answer(listProfileReferences, async ({ ctx, input }) => ({
  profiles: await listReferences(ctx, input),
}));
