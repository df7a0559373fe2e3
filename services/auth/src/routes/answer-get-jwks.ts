import { getJwks } from '@commons/contracts';
import { answer } from '../context.ts';

export const answerGetJwks = answer(getJwks, async ({ ctx }) => ({ keys: await ctx.keys.published() }));
